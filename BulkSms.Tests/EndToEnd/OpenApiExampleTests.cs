using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BulkSms.Tests.Documents;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Each request that the API's document shows is sent, and answered as the document shows: by the example of the same name, or as it should be.</summary>
public sealed class OpenApiExampleTests(MemoryFixture memory)
{
    [Fact]
    public async Task EveryExample_IsAnsweredAsDocumented()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var examples = ApiContract.Operations.SelectMany(operation => Requests(operation).Select(example => (operation, example))).ToArray();
        Assert.True(examples.Length >= 8, "There are examples.");

        foreach (var (operation, (type, name, value)) in examples)
        {
            using var content = new StringContent(value.ToJsonString(), Encoding.UTF8, type);
            using var response = await app.Http.SendAsync(new(HttpMethod.Parse(operation.Method), operation.Path) { Content = content });

            var (status, answer) = Shown(operation, name);
            var body = await response.Content.ReadAsStringAsync();
            Assert.Equal((operation.Id, name, status), (operation.Id, name, response.StatusCode));
            if (answer is not null)
            {
                Assert.Equal(ShownAnswer.Normalise(answer.ToJsonString()), ShownAnswer.Normalise(body));
            }
        }
    }

    private static IEnumerable<(string Type, string Name, JsonNode Value)> Requests(ApiOperation operation) =>
        from media in operation.Json["requestBody"]?["content"]?.AsObject() ?? []
        from example in media.Value!["examples"]?.AsObject() ?? []
        select (media.Key, example.Key, example.Value!["value"]!);

    private static (HttpStatusCode Status, JsonNode? Answer) Shown(ApiOperation operation, string name)
    {
        var shown =
            from response in operation.Responses
            from media in ApiContract.Resolve(response.Value!)["content"]?.AsObject() ?? []
            where media.Value!["examples"]?[name] is not null
            select (Status(response.Key), media.Value!["examples"]![name]!["value"]);
        return shown.DefaultIfEmpty((Status(operation.Responses.First(response => response.Key[0] == '2').Key), null)).Single();
    }

    private static HttpStatusCode Status(string code) => (HttpStatusCode)int.Parse(code, null);
}
