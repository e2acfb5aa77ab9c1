using BulkSms.Chaos.Storage;

namespace BulkSms.Tests.Chaos;

/// <summary>Writes of several rows at once, as the proxy of the chaos tool reads them.</summary>
public sealed class BatchedWritesTests
{
    // What the SDK sends and storage answers, as the proxy sees it.
    [Fact]
    public void Batch_OfUpdates_IsReadWithItsETags()
    {
        const string Request = "--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_2\r\n\r\n--changeset_2\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + "PATCH http://127.0.0.1/a/Recipients(PartitionKey='b-00',RowKey='x')?$format=json HTTP/1.1\r\nAccept: application/json\r\nIf-Match: W/\"1\"\r\nContent-Type: application/json\r\n\r\n{\"untold\":false}\r\n"
            + "--changeset_2\r\nContent-Type: application/http\r\n\r\nPATCH http://127.0.0.1/a/Recipients(PartitionKey='b-00',RowKey='y') HTTP/1.1\r\nIf-Match: W/\"2\"\r\n\r\n{\"untold\":false}\r\n--changeset_2--\r\n";
        const string Answer = "--r\r\n\r\nHTTP/1.1 204 No Content\r\nETag: W/\"3\"\r\n\r\n--r\r\n\r\nHTTP/1.1 204 No Content\r\nETag: W/\"4\"\r\n\r\n--r--";

        var writes = BatchedWrites.Of(Request, Answer).Select(each => (each.Path, each.Under, each.ETag)).ToArray();

        Assert.Equal([("Recipients(PartitionKey='b-00',RowKey='x')", "W/\"1\"", "W/\"3\""), ("Recipients(PartitionKey='b-00',RowKey='y')", "W/\"2\"", "W/\"4\"")], writes);
    }
}
