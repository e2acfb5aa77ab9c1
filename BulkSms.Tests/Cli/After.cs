using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Cli;

/// <summary>Does something when a request whose path begins so, or ends so, has been answered.</summary>
internal sealed class After(string path, Action act, bool wholePath = false) : DelegatingHandler(new ContractHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var asked = request.RequestUri!.AbsolutePath;
        if (wholePath ? asked == path : asked.StartsWith(path, StringComparison.Ordinal) || asked.EndsWith(path, StringComparison.Ordinal))
        {
            act();
        }

        return answer;
    }
}
