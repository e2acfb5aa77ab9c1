using System.Text.Json;
using BulkSms.OptOuts;

namespace BulkSms.Cases.Kinds;

/// <summary><c>optouts.jsonl</c>: what a text to us asks for.</summary>
internal sealed class OptOutCases : PlainKind
{
    public override string File => "optouts.jsonl";

    public override Task<string?> RunAsync(Case given)
    {
        var verdict = JsonNamingPolicy.CamelCase.ConvertName(InboundText.Read(null, given.Required("body")).ToString());
        return Task.FromResult(verdict == given.Expected.GetString() ? null : $"expected {given.Expected.GetString()}, got {verdict}: {given.Required("body").ReplaceLineEndings(" ")}");
    }
}
