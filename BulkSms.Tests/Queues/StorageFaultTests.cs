using Azure;
using BulkSms.Storage;

namespace BulkSms.Tests.Queues;

public sealed class StorageFaultTests
{
    private static readonly int[] Statuses = [0, 200, 304, 400, 401, 403, 404, 408, 409, 411, 412, 413, 429, 500, 501, 502, 503, 504, 599];

    [Fact]
    public void IsConflict_EveryStatus_Is409And412() => Assert.Equal([409, 412], Statuses.Where(status => Failed(status).IsConflict()));

    [Fact]
    public void IsNotFound_EveryStatus_Is404() => Assert.Equal([404], Statuses.Where(status => Failed(status).IsNotFound()));

    [Fact]
    public void IsUnavailable_EveryStatus_IsNoAnswerOrNotNow() =>
        Assert.Equal([0, 408, 429, 500, 501, 502, 503, 504, 599], Statuses.Where(status => Failed(status).IsUnavailable()));

    public static TheoryData<Exception, bool> Unavailable => new()
    {
        { new TaskCanceledException(), true }, // the SDK's own time-out
        { new TimeoutException(), true },
        { new HttpRequestException(), true },
        { new IOException(), true },
        { new AggregateException(Failed(0), Failed(503), new TaskCanceledException()), true },
        { new AggregateException(new AggregateException(Failed(503))), true },
        { new AggregateException(Failed(503), Failed(409)), false },
        { new AggregateException(Failed(503), new InvalidOperationException()), false },
        { new InvalidOperationException(), false },
        { new OperationCanceledException(), false },
        { new FormatException(), false },
    };

    [Theory]
    [MemberData(nameof(Unavailable))]
    public void IsUnavailable_OtherFault_IsABrokenSocketOrTimeOut(Exception fault, bool expected) => Assert.Equal(expected, fault.IsUnavailable());

    public static TheoryData<Exception, bool> NeverSent => new()
    {
        { Http(HttpRequestError.ConnectionError), true },
        { Http(HttpRequestError.NameResolutionError), true },
        { Http(HttpRequestError.SecureConnectionError), true },
        { Http(HttpRequestError.ResponseEnded), false },
        { Http(HttpRequestError.Unknown), false },
        { new RequestFailedException(0, "x", null, Http(HttpRequestError.ConnectionError)), true },
        { new RequestFailedException(0, "x", null, new IOException()), false },
        { Failed(0), false },
        { Failed(503), false },
        { new AggregateException(Refused(), Refused()), true }, // every try was refused
        { new AggregateException(Refused(), new TaskCanceledException()), false }, // one may have gone through
        { new AggregateException(Refused(), Failed(503)), false },
        { new TaskCanceledException(), false },
        { new IOException(), false },
    };

    [Theory]
    [MemberData(nameof(NeverSent))]
    public void IsNeverSent_Fault_IsTrueOnlyIfNoTryWasConnected(Exception fault, bool expected) => Assert.Equal(expected, fault.IsNeverSent());

    private static RequestFailedException Failed(int status) => new(status, "x");

    private static RequestFailedException Refused() => new(0, "x", null, Http(HttpRequestError.ConnectionError));

    private static HttpRequestException Http(HttpRequestError error) => new(error);
}
