using BulkSms.Common;

namespace BulkSms.Twilio;

/// <summary>When a call must have begun, and when it is aborted.</summary>
/// <param name="Deadline">The time in which the call may begin.</param>
/// <param name="Timeout">How long an answer is waited for, from the call's beginning on.</param>
public sealed record CallLimits(Deadline Deadline, TimeSpan Timeout);

/// <summary>Reads a provider's whole answer; must not throw.</summary>
public delegate SendOutcome ReadAnswer(HttpResponseMessage response, ReadOnlySpan<byte> body, TimeProvider time);

/// <summary>
/// One call to a provider over HTTP. It travels with its request to <see cref="SmsCallHandler"/>, right above the socket, which writes down what really happened on
/// the wire: that, and no exception that a library makes of it, is the outcome.
/// </summary>
/// <param name="limits">Its limits.</param>
/// <param name="read">Reads an answer that arrived whole.</param>
public sealed class SmsCall(CallLimits limits, ReadAnswer read)
{
    private static readonly HttpRequestOptionsKey<SmsCall> Option = new("BulkSms.SmsCall");

    internal CallLimits Limits { get; } = limits;

    internal ReadAnswer Read { get; } = read;

    /// <summary>Set just before the first byte may leave.</summary>
    internal bool Begun { get; set; }

    internal SendOutcome? Outcome { get; set; }

    /// <summary>Lets the call travel with its request.</summary>
    public void TravelWith(HttpRequestMessage request) => request.Options.Set(Option, this);

    /// <summary>The call that a request carries; null for a request that sends nothing.</summary>
    internal static SmsCall? Of(HttpRequestMessage request) => request.Options.TryGetValue(Option, out var call) ? call : null;

    /// <summary>Makes the call and tells what came of it; never throws what a library throws.</summary>
    /// <param name="post">Sends the request that carries this call.</param>
    public async Task<SendOutcome> RunAsync(Func<Task> post)
    {
        var thrown = "nothing was thrown";
        try
        {
            await post();
        }
        catch (Exception e)
        {
            thrown = e.GetType().Name; // only the type: a message may hold the request
        }

        // Without an outcome the request never came to the handler, as far as is known: that is no proof that it did not leave.
        return Outcome ?? new SendOutcome.Unconfirmed(0, $"the call ended without an answer ({thrown})");
    }
}
