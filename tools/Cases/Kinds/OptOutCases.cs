using BulkSms.OptOuts;

namespace BulkSms.Cases.Kinds;

/// <summary><c>optouts.jsonl</c>: what a text to us asks for.</summary>
internal sealed class OptOutCases : PlainKind
{
    public override string File => "optouts.jsonl";

    public override Task<string?> RunAsync(Case given)
    {
        var wish = InboundText.Read(null, given.Required("body")) switch
        {
            Wish.Stop => "optOut",
            Wish.Start => "optIn",
            _ => "none",
        };
        return Task.FromResult(wish == given.Expected.GetString() ? null : $"expected {given.Expected.GetString()}, got {wish}: {given.Required("body").ReplaceLineEndings(" ")}");
    }
}
