namespace BulkSms.TwilioSimulator;

/// <summary>The routes of Twilio's Messages API, and of what can be read of the account.</summary>
internal static class ApiEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Simulation simulation)
    {
        var (options, faults, log, lifecycle) = (simulation.Options, simulation.Faults, simulation.Messages, simulation.Lifecycle);
        var gatekeeper = new Gatekeeper(options);
        var limits = new CallLimits(faults, options.Time);
        var rules = new CreateRules(options, simulation.Recipients, simulation.OptOuts);
        var view = new MessageView(faults);
        var exchange = new Exchange(faults, options.Time, simulation.Stopping);

        var create = new CreateMessage(options, faults, log, gatekeeper, limits, rules, lifecycle, view, exchange);
        routes.MapPost(TwilioPaths.MessagesRoute, create.HandleAsync);
        routes.MapGet(TwilioPaths.MessagesRoute, new ListMessages(options, faults, log, simulation.Inbound, gatekeeper, view, exchange).HandleAsync);
        routes.MapGet(TwilioPaths.MessageRoute, new FetchMessage(options, faults, log, simulation.Inbound, gatekeeper, view, exchange).HandleAsync);
        routes.MapPost(TwilioPaths.MessageRoute, new CancelMessage(faults, log, gatekeeper, lifecycle, view, exchange).HandleAsync);
        new AccountEndpoints(simulation, gatekeeper, exchange).Map(routes);
        routes.MapFallback(context => exchange.WriteAsync(context, TwilioReply.Error(20404), call: null));
    }
}
