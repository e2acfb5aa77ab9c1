using BulkSms.Common;

namespace BulkSms.Twilio;

/// <summary>
/// One call to Twilio. Whichever library forms the request, <see cref="TwilioCallHandler"/> beneath it finds the call here and writes down what
/// really happened on the wire: that, and no exception that the library makes of it, is the outcome.
/// </summary>
public sealed class TwilioCall
{
    private static readonly AsyncLocal<TwilioCall?> Flowing = new();

    private TwilioCall(Deadline window, TimeSpan timeout) => (Window, Timeout) = (window, timeout);

    /// <summary>The call that this flow of control is making; null outside one.</summary>
    internal static TwilioCall? Current => Flowing.Value;

    internal Deadline Window { get; }

    /// <summary>When to abort it, from its beginning on.</summary>
    internal TimeSpan Timeout { get; }

    /// <summary>Set just before the first byte may leave.</summary>
    internal bool Begun { get; set; }

    internal SendOutcome? Outcome { get; set; }

    /// <summary>Makes the call and tells what came of it; never throws what the sender throws.</summary>
    public static async Task<SendOutcome> RunAsync(Deadline window, TimeSpan timeout, Func<Task> post)
    {
        var call = new TwilioCall(window, timeout);
        Flowing.Value = call;
        Exception? thrown = null;
        try
        {
            await post();
        }
        catch (Exception e)
        {
            thrown = e;
        }

        // Without an outcome the sender threw by itself, or never called. Only the type is kept: messages may hold the request.
        return call.Outcome ?? (call.Begun
            ? new SendOutcome.Unconfirmed(0, $"the call ended without an answer ({thrown?.GetType().Name})")
            : new SendOutcome.Retry(0, $"the request could not be formed ({thrown?.GetType().Name})"));
    }
}
