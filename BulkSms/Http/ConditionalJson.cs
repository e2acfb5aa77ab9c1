using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Http;

/// <summary>JSON with an <c>ETag</c>: see <see cref="ConditionalAnswer"/>.</summary>
/// <param name="value">What is written.</param>
public sealed class ConditionalJson<T>(T value) : IResult
    where T : class
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return new ConditionalAnswer(JsonSerializer.SerializeToUtf8Bytes(value, json.GetTypeInfo(typeof(T))), $"{JsonBody.MediaType}; charset=utf-8").ExecuteAsync(httpContext);
    }
}
