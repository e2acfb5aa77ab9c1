using System.Text;
using System.Text.Json;
using BulkSms.Http;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Tests.Http;

public sealed class JsonBodyTests
{
    private const string Deep = "[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]";

    public static TheoryData<string> Malformed =>
    [
        "", "nonsense", "{", "{} {}", """{"a": 1, "a": 2}""", """{"a": 1, "\u0061": 2}""", $"[{Deep}]",
        """{"\ud800": 1}""", """{"a": 1, "\udc00": 1}""", """[{"b": {"\ud83dx": 1}}]""", "// no\n{}", "{\"a\": 1,}",
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Parse_WhatIsNoJsonOfOurs_ThrowsJsonException(string json)
    {
        Assert.ThrowsAny<JsonException>(() => JsonBody.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.ThrowsAny<JsonException>(() => JsonBody.Parse(json.AsMemory()));
    }

    [Theory]
    [InlineData("{\"a\": \"", "\"}")]
    [InlineData("{\"", "\": 1}")]
    public void Parse_BytesThatAreNotUtf8_ThrowsJsonException(string before, string after) =>
        Assert.ThrowsAny<JsonException>(() => JsonBody.Parse((byte[])[.. Encoding.UTF8.GetBytes(before), 0xff, .. Encoding.UTF8.GetBytes(after)]));

    [Fact]
    public void Parse_SixteenDeep_IsRead() => Assert.Equal(JsonValueKind.Array, JsonBody.Parse(Encoding.UTF8.GetBytes(Deep)).RootElement.ValueKind);

    // Whatever the names are, and wherever they stand: they can all be read, or it is no JSON.
    [Property(MaxTest = 500)]
    public Property Parse_AnyNames_ThrowsOrLetsThemAllBeRead()
    {
        var names = Gen.Elements("a", "\\ud800", "\\udbff\\udc00", "\\u0000", "é", "\\\"", "\\udfff").ArrayOf().Select(parts => $"\"{string.Concat(parts)}\"");
        return Prop.ForAll(Arb.From(names), Arb.From(Gen.Choose(0, 3)), (name, depth) =>
        {
            var json = $"{string.Concat(Enumerable.Repeat("{\"x\":", depth))}{{{name}: 1}}{new string('}', depth)}";
            try
            {
                using var document = JsonBody.Parse(Encoding.UTF8.GetBytes(json));
                ReadNames(document.RootElement);
                return true;
            }
            catch (JsonException)
            {
                return name.Contains("\\ud", StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\ud83d\"", null)]
    [InlineData("1", null)]
    [InlineData("null", null)]
    [InlineData("[\"a\"]", null)]
    public void TryGetText_Value_IsTextOnlyIfItIsAStringOfUnicode(string json, string? expected)
    {
        using var document = JsonBody.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Equal(expected is not null, JsonBody.TryGetText(document.RootElement, out var text));
        Assert.Equal(expected ?? "", text);
    }

    [Theory]
    [InlineData("application/json", "{}", 200)]
    [InlineData("application/json; charset=utf-8", "{}", 200)]
    [InlineData("text/plain", "{}", 415)]
    [InlineData(null, "{}", 415)]
    [InlineData("application/json", "{\"\\ud800\":1}", 400)]
    [InlineData("application/json", "{\"a\":123456789}", 413)]
    public async Task ReadAsync_Body_IsReadOrRefused(string? type, string body, int status)
    {
        var http = new DefaultHttpContext();
        (http.Request.ContentType, http.Request.Body) = (type, new MemoryStream(Encoding.UTF8.GetBytes(body)));

        var read = await JsonBody.ReadAsync(http.Request, 14, new(), (root, _) => root.GetRawText());

        Assert.Equal(status, (read.Refusal as IStatusCodeHttpResult)?.StatusCode ?? 200);
        Assert.Equal(status == 200 ? body : null, read.Value);
    }

    [Fact]
    public async Task ReadAsync_BodyCutShort_IsRefusedAsIncomplete()
    {
        var http = new DefaultHttpContext();
        (http.Request.ContentType, http.Request.Body) = ("application/json", new CutStream());

        var read = await JsonBody.ReadAsync(http.Request, 1000, new(), (root, _) => root.GetRawText());

        Assert.Equal(400, Assert.IsAssignableFrom<IStatusCodeHttpResult>(read.Refusal).StatusCode);
    }

    private static void ReadNames(JsonElement element)
    {
        foreach (var property in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default)
        {
            _ = property.Name.Length;
            ReadNames(property.Value);
        }
    }

    private sealed class CutStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(new BadHttpRequestException("Unexpected end of request content."));
    }
}
