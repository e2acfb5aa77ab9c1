using BulkSms.Functions.Triggers;
using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BulkSms.Functions;

/// <summary>The guard around every HTTP trigger and the gate before it, after the host's check of the function key.</summary>
public sealed class RequestMiddleware(RequestGuard guard, CallerGate gate) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        await guard.AnswerAsync(http, () => context.FunctionDefinition.Name, async () =>
        {
            if (context.FunctionDefinition.Name is not (ContractFunctions.Unknown or ConsoleFunctions.Calls) && await gate.RefuseAsync(http.Request) is { } refusal)
            {
                return refusal;
            }

            await next(context);
            return context.GetInvocationResult().Value as IResult ?? Results.Empty;
        });

        // It is written, inside the guard. What is left here is written again, and sent to the host by gRPC as well.
        context.GetInvocationResult().Value = null;
    }
}
