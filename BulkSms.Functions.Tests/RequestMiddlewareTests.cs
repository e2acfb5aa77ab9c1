using System.Reflection;
using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BulkSms.Functions.Tests;

/// <summary>What the middleware makes of a trigger's answer; a context stands in for the host's.</summary>
public sealed class RequestMiddlewareTests
{
    private readonly DefaultHttpContext http = new() { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
    private readonly MemoryStream body = new();

    public RequestMiddlewareTests() => http.Response.Body = body;

    [Fact]
    public async Task Answer_OfATrigger_IsWrittenOnceAndNotSentToTheHost()
    {
        var context = new Context(http);

        await RunAsync(context, () => Results.Text("hello", statusCode: 202));

        Assert.Equal((202, 5L, "no-store"), (http.Response.StatusCode, body.Length, http.Response.Headers.CacheControl.ToString()));
        Assert.Null(context.Bindings.Result);
    }

    [Fact]
    public async Task Failure_OfATrigger_IsAnswered()
    {
        var context = new Context(http);

        await RunAsync(context, () => throw new InvalidOperationException());

        Assert.Equal((500, "application/problem+json"), (http.Response.StatusCode, http.Response.ContentType));
    }

    [Fact]
    public async Task Failure_OfAnAnswer_IsAnswered()
    {
        var context = new Context(http);

        await RunAsync(context, () => Results.Stream(_ => throw new InvalidOperationException()));

        Assert.Equal(500, http.Response.StatusCode);
    }

    [Fact]
    public async Task Refusal_OfTheGate_IsWrittenAndTheTriggerNotRun()
    {
        http.Request.Path = "/api/v1/broadcasts";
        var context = new Context(http);

        await RunAsync(context, () => throw new InvalidOperationException(), requestsPerMinute: 0);

        Assert.Equal(429, http.Response.StatusCode);
    }

    [Fact]
    public async Task Failure_OfAnotherTrigger_IsTheHosts()
    {
        var context = new Context(null);

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(context, () => throw new InvalidOperationException()));
    }

    private static async Task RunAsync(Context context, Func<object> trigger, int requestsPerMinute = 10)
    {
        var limits = Options.Create(new LimitOptions { RequestsPerMinute = Math.Max(1, requestsPerMinute) });
        using var counts = new CallerLimits(limits);
        var gate = new CallerGate(new ApiEndpointTable(new ServiceCollection().BuildServiceProvider(), ApiEndpoints.All), new BearerTokens(Options.Create(new AuthOptions())), new NamedCallers(Options.Create(new CallerOptions())), counts, Options.Create(new AuthOptions()));
        if (requestsPerMinute == 0)
        {
            Assert.Null(await gate.RefuseAsync(new DefaultHttpContext { Request = { Path = "/api/v1/broadcasts" } }.Request)); // the only one
        }

        await new RequestMiddleware(new(NullLogger<RequestGuard>.Instance), gate).Invoke(context, _ =>
        {
            context.Bindings.Result = trigger();
            return Task.CompletedTask;
        });
    }

    private sealed class Context : FunctionContext
    {
        // The feature that holds a trigger's result is internal to the worker.
        private static readonly Type Feature = typeof(FunctionContext).Assembly.GetType("Microsoft.Azure.Functions.Worker.Context.Features.IFunctionBindingsFeature", throwOnError: true)!;

        public Context(HttpContext? http)
        {
            Bindings = (BindingsProxy)DispatchProxy.Create(Feature, typeof(BindingsProxy));
            Features = DispatchProxy.Create<IInvocationFeatures, FeaturesProxy>();
            ((FeaturesProxy)(object)Features).Bindings = Bindings;
            if (http is not null)
            {
                Items.Add("HttpRequestContext", http);
            }
        }

        public BindingsProxy Bindings { get; }

        public override IInvocationFeatures Features { get; }

        public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

        public override string InvocationId => "1";

        public override string FunctionId => "1";

        public override FunctionDefinition FunctionDefinition { get; } = new Definition();

        public override TraceContext TraceContext => throw new NotSupportedException();

        public override BindingContext BindingContext => throw new NotSupportedException();

        public override RetryContext RetryContext => throw new NotSupportedException();

        public override IServiceProvider InstanceServices { get; set; } = null!;
    }

    private sealed class Definition : FunctionDefinition
    {
        public override string Name => "SomeFunction";

        public override string Id => "1";

        public override string EntryPoint => "";

        public override string PathToAssembly => "";

        public override System.Collections.Immutable.ImmutableArray<FunctionParameter> Parameters => [];

        public override System.Collections.Immutable.IImmutableDictionary<string, BindingMetadata> InputBindings => throw new NotSupportedException();

        public override System.Collections.Immutable.IImmutableDictionary<string, BindingMetadata> OutputBindings => throw new NotSupportedException();
    }

    public class BindingsProxy : DispatchProxy
    {
        public object? Result { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Result = targetMethod!.Name == "set_InvocationResult" ? args![0] : Result;
            return targetMethod.Name.EndsWith("InvocationResult", StringComparison.Ordinal) && targetMethod.ReturnType != typeof(void) ? Result : null;
        }
    }

    public class FeaturesProxy : DispatchProxy
    {
        public object? Bindings { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.ReturnType.IsInstanceOfType(Bindings) ? Bindings : null;
    }
}
