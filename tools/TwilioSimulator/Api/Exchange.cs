namespace BulkSms.TwilioSimulator;

/// <summary>One call and its fault: wait, process or not, wait, reply or not.</summary>
internal sealed class Exchange(Faults faults, TimeProvider time, CancellationToken stopping)
{
    /// <param name="context">The call.</param>
    /// <param name="fault">What goes wrong with it.</param>
    /// <param name="process">Does what was asked for, even if the caller has gone by then, as Twilio would.</param>
    /// <param name="call">Where to note the outcome.</param>
    public async Task RunAsync(HttpContext context, Fault? fault, Func<Task<TwilioReply>> process, CreateCall? call = null)
    {
        await WaitAsync(faults.NextLatency() + (fault?.HoldBefore ?? TimeSpan.Zero));
        var processed = fault is { Processes: false } ? null : await process();
        await WaitAsync(fault?.HoldAfter ?? TimeSpan.Zero);
        if (fault is { Drops: true })
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, Refusal(fault, call?.To) ?? processed!, call, fault is { Truncates: true });
    }

    public Task WriteAsync(HttpContext context, TwilioReply reply, CreateCall? call, bool cut = false)
    {
        if (call is not null)
        {
            (call.StatusCode, call.Code) = (reply.Status, reply.Code);
        }

        return reply.WriteAsync(context, faults.RetryAfterSeconds, cut);
    }

    private static TwilioReply? Refusal(Fault? fault, string? to) => fault switch
    {
        { HttpStatus: { } status, Code: { } code } => TwilioReply.Error(status, code, to),
        { HttpStatus: { } status } => TwilioReply.WithoutCode(status),
        _ => null,
    };

    private Task WaitAsync(TimeSpan wait) => wait > TimeSpan.Zero ? Task.Delay(wait, time, stopping) : Task.CompletedTask;
}
