using System.Net;

namespace BulkSms.Twilio;

/// <summary>
/// A request's body that looks at the send deadline once more when it is written: between the beginning of a call and that moment a connection may have been waited
/// for, or the whole process may have been frozen. A request without its body is nothing that a provider could act on. It is written once: should something below repeat a request
/// whose connection broke, the second is refused, and what became of the first stays unknown.
/// </summary>
internal sealed class LastMomentContent : HttpContent
{
    private readonly HttpContent inner;
    private readonly SmsCall call;

    /// <summary>Whether a byte of it may have left.</summary>
    public bool IsWritten { get; private set; }

    public LastMomentContent(HttpContent inner, SmsCall call)
    {
        (this.inner, this.call) = (inner, call);
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (IsWritten)
        {
            throw new InvalidOperationException("A call is made once; something below tried to repeat it.");
        }

        if (call.Limits.Deadline.HasPassed)
        {
            call.Outcome = new SendOutcome.NotStarted("the send deadline had passed before the request could be written");
            throw new InvalidOperationException("The send deadline has passed.");
        }

        IsWritten = true;
        return inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? 0;
        return inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
