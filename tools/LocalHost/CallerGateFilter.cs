using BulkSms.Security;

namespace BulkSms.LocalHost;

/// <summary>The gate before every route, after the function key.</summary>
public sealed class CallerGateFilter(CallerGate gate) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await gate.RefuseAsync(context.HttpContext.Request) ?? await next(context);
}
