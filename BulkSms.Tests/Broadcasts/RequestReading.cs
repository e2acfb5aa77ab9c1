using System.Text;
using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Broadcasts;

/// <summary>A body → the request, or its faults as lines <c>path: fault</c>.</summary>
internal static class RequestReading
{
    public const string Ada = "+15550001111";
    public const string Bob = "+15550002222";

    /// <summary>When every body is read.</summary>
    public static readonly DateTimeOffset Now = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    public static BroadcastRequest? Read(byte[] body, FieldErrors errors)
    {
        using var document = JsonBody.Parse(body);
        return new JsonRequestReader(Options.Create(new BroadcastOptions()), new FakeTimeProvider(Now)).Read(document.RootElement, errors);
    }

    public static BroadcastRequest Good(string json)
    {
        var errors = new FieldErrors();
        var request = Read(Encoding.UTF8.GetBytes(json), errors);
        Assert.Empty(errors.First);
        return Assert.IsType<BroadcastRequest>(request);
    }

    public static FieldErrors ErrorsOf(string json)
    {
        var errors = new FieldErrors();
        Assert.Null(Read(Encoding.UTF8.GetBytes(json), errors));
        return errors;
    }

    public static IEnumerable<string> FaultsOf(string json) =>
        ErrorsOf(json).First.SelectMany(path => path.Value.Select(fault => $"{path.Key}: {fault}"));

    /// <summary>A body with this text and one good recipient.</summary>
    public static string WithMessage(string text) => $$"""{"message": {{JsonSerializer.Serialize(text)}}, "recipients": ["{{Ada}}"]}""";

    /// <summary>A body with a good text and these recipients.</summary>
    public static string WithRecipients(IEnumerable<string> recipients) =>
        $$"""{"message": "Hello", "recipients": {{JsonSerializer.Serialize(recipients)}}}""";
}
