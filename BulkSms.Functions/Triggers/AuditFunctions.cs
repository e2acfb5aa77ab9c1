using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP trigger of the audit log.</summary>
public sealed class AuditFunctions(ApiEndpointTable api)
{
    [Function("ListAudit")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Audit)] HttpRequest request) =>
        api.AnswerAsync("ListAudit", request);
}
