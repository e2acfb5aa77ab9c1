using System.Diagnostics;
using System.Text.Json.Nodes;
using BulkSms.LocalHost;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Api;

/// <summary>A change of the API's document that breaks a caller of the last release is found.</summary>
public sealed class ContractChangesTests
{
    private const string File = "BulkSms/Api/openapi.json";

    private const string Made = """
        {
          "paths": {
            "/things": {
              "post": {
                "operationId": "AddThing", "x-role": "Send",
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 10}}],
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/csv": {"schema": {"type": "string"}}}},
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Added"}}}}, "404": {"description": "-"}}
              }
            }
          },
          "components": {"schemas": {
            "Thing": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 5}, "kind": {"enum": ["a", "b"]}}},
            "Added": {"type": "object", "required": ["status"], "properties": {"status": {"enum": ["new", "known"]}, "count": {"type": "integer"}, "at": {"type": "string", "format": "date-time"}}}
          }}
        }
        """;

    [Theory]
    [InlineData("\"/things\"", "\"/thing\"", "POST /things is gone")]
    [InlineData("AddThing", "PutThing", "POST /things: operationId is PutThing instead of AddThing")]
    [InlineData("\"Send\"", "\"Manage\"", "POST /things: x-role is Manage instead of Send")]
    [InlineData("\"limit\"", "\"count\"", "POST /things: the parameter limit in the query is gone")]
    [InlineData("\"in\": \"query\"", "\"in\": \"query\", \"required\": true", "POST /things: the parameter limit in the query is required now")]
    [InlineData("\"maximum\": 10", "\"maximum\": 9", "POST /things: limit in the query: maximum is 9 instead of 10")]
    [InlineData("text/csv", "text/plain", "POST /things: the request: text/csv is gone")]
    [InlineData("\"required\": [\"name\"]", "\"required\": [\"name\", \"kind\"]", "POST /things: the request.kind is required now")]
    [InlineData("\"kind\": {", "\"sort\": {", "POST /things: the request.kind is gone")]
    [InlineData("[\"a\", \"b\"]", "[\"a\"]", "POST /things: the request.kind: the value is \"a\" instead of \"a\", \"b\"")]
    [InlineData("\"maxLength\": 5", "\"maxLength\": 4", "POST /things: the request.name: maxLength is 4 instead of 5")]
    [InlineData("\"200\"", "\"201\"", "POST /things: 200 is gone")]
    [InlineData("\"count\"", "\"total\"", "POST /things: 200.count is gone")]
    [InlineData("\"type\": \"integer\"}, \"at\"", "\"type\": [\"integer\", \"null\"]}, \"at\"", "POST /things: 200.count: the type is integer, null instead of integer")]
    [InlineData("[\"new\", \"known\"]", "[\"new\", \"known\", \"old\"]", "POST /things: 200.status: the value is \"new\", \"known\", \"old\" instead of \"new\", \"known\"")]
    [InlineData("\"required\": [\"status\"]", "\"required\": []", "POST /things: 200.status may be missing now")]
    [InlineData("\"format\": \"date-time\"", "\"format\": \"date\"", "POST /things: 200.at: its form has changed")]
    public void Change_ThatBreaksACaller_IsFound(string was, string now, string change) => Assert.Equal(change, Assert.Single(ContractChanges.Between(Parse(Made), Parse(Replace(was, now)))));

    [Theory]
    [InlineData("\"maximum\": 10", "\"maximum\": 11")]
    [InlineData("[\"a\", \"b\"]", "[\"a\", \"b\", \"c\"]")]
    [InlineData("\"maxLength\": 5", "\"maxLength\": 6")]
    [InlineData("\"kind\": {", "\"more\": {\"type\": \"string\"}, \"kind\": {")]
    [InlineData("\"required\": [\"name\"]", "\"required\": []")]
    [InlineData("\"count\": {", "\"more\": {\"type\": \"string\"}, \"count\": {")]
    [InlineData("\"required\": [\"status\"]", "\"required\": [\"status\", \"count\"]")]
    [InlineData("[\"new\", \"known\"]", "[\"new\"]")]
    [InlineData("\"404\"", "\"409\"")]
    [InlineData("\"responses\"", "\"description\": \"Other words\", \"responses\"")]
    public void Change_ThatBreaksNoCaller_IsNone(string was, string now) => Assert.Empty(ContractChanges.Between(Parse(Made), Parse(Replace(was, now))));

    [Fact]
    public void Document_AgainstItself_HasNoChange() => Assert.Empty(ContractChanges.Between(ApiContract.Document, ApiContract.Document));

    [Fact]
    public async Task Document_AgainstTheLastRelease_BreaksNoCaller()
    {
        var released = await GitAsync("describe", "--tags", "--abbrev=0") is { } tag ? await GitAsync("show", $"{tag}:{File}") : null;
        if (released is null)
        {
            Assert.Skip("There is no release with this document yet.");
        }

        Assert.Empty(ContractChanges.Between(Parse(released), ApiContract.Document));
    }

    private static string Replace(string was, string now)
    {
        Assert.Contains(was, Made, StringComparison.Ordinal);
        return Made.Replace(was, now, StringComparison.Ordinal);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    // Null when there is no git, no repository, or no such thing in it.
    private static async Task<string?> GitAsync(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { UseShellExecute = false, WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, errors) = (git.StandardOutput.ReadToEndAsync(), git.StandardError.ReadToEndAsync());
            await Task.WhenAll(output, errors, git.WaitForExitAsync());
            return git.ExitCode == 0 ? (await output).Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
