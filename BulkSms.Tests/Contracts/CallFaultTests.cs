using System.Text;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage.Calls;

namespace BulkSms.Tests.Contracts;

public sealed class CallFaultTests
{
    [Theory]
    [InlineData("""{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"1:The specified entity already exists.\nRequestId:1"}}}""", "EntityAlreadyExists")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>QueueNotFound</Code><Message>The queue</Message></Error>", "QueueNotFound")]
    [InlineData("<?xml version=\"1.0\"?><m:error xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><m:code>ServerBusy</m:code><m:message>x</m:message></m:error>", "ServerBusy")]
    [InlineData("""{"odata.error":{}}""", null)]
    [InlineData("""{"error":"x"}""", null)]
    [InlineData("{", null)]
    [InlineData("<html>", null)]
    [InlineData("<!DOCTYPE html><html></html>", null)]
    [InlineData("Bad gateway", null)]
    [InlineData("", null)]
    public void Read_OfABody_FindsTheCodeThatIsThere(string body, string? code) => Assert.Equal(code, CallFault.Read(Encoding.UTF8.GetBytes(body)).Code);

    [Fact]
    public void ReadETags_OfAnAnswer_AreInOrderHoweverTheHeaderIsWritten()
    {
        var etags = RowTransaction.ReadETags(Answer("204 No Content\r\nPreference-Applied: return-no-content\r\nETag: W/\"1\"", "204 No Content\r\netag: W/\"2\"\r\nX-Other: 1"), 2);

        Assert.Equal([new ETag("W/\"1\""), new ETag("W/\"2\"")], etags);
    }

    [Fact]
    public void ReadETags_OfAnAnswerWithoutThemAll_AreNone()
    {
        Assert.Null(RowTransaction.ReadETags(Answer("204 No Content\r\nETag: W/\"1\"", "204 No Content\r\nX-Other: 1"), 2));
        Assert.Null(RowTransaction.ReadETags(Answer("204 No Content\r\nETag: W/\"1\""), 2));
        Assert.Null(RowTransaction.ReadETags(ReadOnlyMemory<byte>.Empty, 1));
    }

    [Theory]
    [InlineData("{\"odata.error\":{\"code\":\"EntityAlreadyExists\",\"message\":{\"lang\":\"en-US\",\"value\":\"42:The specified entity already exists.\"}}}", "EntityAlreadyExists", 42)]
    [InlineData("{\"odata.error\":{\"code\":\"TableNotFound\",\"message\":{\"lang\":\"en-US\",\"value\":\"The table\"}}}", "TableNotFound", 0)]
    [InlineData("", null, 0)]
    public void ReadETags_OfARefusal_ThrowsWithItsRow(string body, string? code, int index)
    {
        var fault = Assert.Throws<TableTransactionFailedException>(() => RowTransaction.ReadETags(Answer("409 Conflict\r\nContent-Type: application/json\r\n\r\n" + body), 100));

        Assert.Equal((409, code, index), (fault.Status, fault.ErrorCode, fault.FailedTransactionActionIndex));
    }

    private static byte[] Answer(params string[] parts) => Encoding.UTF8.GetBytes(
        "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
        + string.Concat(parts.Select(part => $"--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 {part}\r\n\r\n"))
        + "--changesetresponse_1--\r\n--batchresponse_1--\r\n");
}
