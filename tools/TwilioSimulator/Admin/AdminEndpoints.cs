using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BulkSms.TwilioSimulator;

/// <summary>The simulator's own API, for programs in other processes. Not Twilio's; not counted, delayed or failed.</summary>
internal static class AdminEndpoints
{
    public const string Prefix = "/_simulator";

    public static void Map(IEndpointRouteBuilder routes, Simulation simulation)
    {
        routes.MapGet($"{Prefix}/messages", context =>
            WriteAsync(context, Messages(context, simulation), AdminJson.Default.IEnumerableAdminMessage));
        routes.MapGet($"{Prefix}/summary", context => WriteAsync(context, Summary.Of(simulation), AdminJson.Default.Summary));
        routes.MapPut($"{Prefix}/faults", context => TakeAsync(context, AdminJson.Default.FaultSettings, faults =>
        {
            faults.Apply(simulation.Faults);
            return Task.CompletedTask;
        }));
        routes.MapPut($"{Prefix}/recipients/{{number}}", context => TakeAsync(context, AdminJson.Default.RecipientSettings, settings =>
        {
            Set(simulation, context.GetRouteValue("number") as string ?? "", settings);
            return Task.CompletedTask;
        }));
        routes.MapPost($"{Prefix}/inbound", context =>
            TakeAsync(context, AdminJson.Default.InboundSettings, inbound => SendAsync(context, simulation, inbound)));
        routes.MapPost($"{Prefix}/clicks", context =>
            TakeAsync(context, AdminJson.Default.ClickSettings, click => SendAsync(context, simulation, click)));
        routes.MapPost($"{Prefix}/reset", context =>
        {
            simulation.Reset();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    private static IEnumerable<AdminMessage> Messages(HttpContext context, Simulation simulation)
    {
        var to = context.Request.Query["to"].ToString();
        return (to.Length == 0 ? simulation.Messages.All : simulation.Messages.For(to)).Select(AdminMessage.Of);
    }

    private static async Task SendAsync(HttpContext context, Simulation simulation, ClickSettings click)
    {
        if (!WebhookClient.MayCall(click.Webhook.OriginalString) || simulation.Messages.Find(click.Sid) is not { } message)
        {
            throw new ArgumentException("The webhook must be on loopback, and the message must be known.", nameof(click));
        }

        var status = await simulation.SendClickAsync(click.Webhook, message, new LinkClick(click.Link));
        context.Response.StatusCode = StatusCodes.Status200OK;
        await WriteAsync(context, new InboundOutcome(status), AdminJson.Default.InboundOutcome);
    }

    private static async Task SendAsync(HttpContext context, Simulation simulation, InboundSettings inbound)
    {
        if (!WebhookClient.MayCall(inbound.Webhook.OriginalString))
        {
            throw new ArgumentException("The webhook must be on loopback.", nameof(inbound));
        }

        var status = await simulation.SendInboundAsync(inbound.Webhook, simulation.Receive(inbound.From, inbound.Body, inbound.OptOutType, at: null));
        context.Response.StatusCode = StatusCodes.Status200OK;
        await WriteAsync(context, new InboundOutcome(status), AdminJson.Default.InboundOutcome);
    }

    private static void Set(Simulation simulation, string number, RecipientSettings settings)
    {
        simulation.Recipients[number] =
            new() { RejectCode = settings.RejectCode, FinalStatus = settings.FinalStatus, ErrorCode = settings.ErrorCode, Channel = settings.Channel, Reads = settings.Reads };
        if (settings.OptedOut)
        {
            simulation.OptOuts.Add(number);
        }
        else
        {
            simulation.OptOuts.Remove(number);
        }
    }

    private static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(value, type, cancellationToken: context.RequestAborted);

    /// <summary>204 if the document was taken and there is nothing to tell, 400 with the reason if not.</summary>
    private static async Task TakeAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<T, Task> take)
    {
        try
        {
            var document = JsonSerializer.Deserialize(await RawBody.ReadAsync(context.Request), type) ?? throw new JsonException("null");
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            await take(document);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(problem.Message);
        }
    }
}
