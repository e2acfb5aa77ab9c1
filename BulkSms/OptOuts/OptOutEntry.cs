using Azure;

namespace BulkSms.OptOuts;

/// <content>What is known of one number.</content>
public sealed partial class OptOutList
{
    /// <param name="OptOut">What the list shows.</param>
    /// <param name="IsListed">Whether an operator or an import wants it there.</param>
    /// <param name="HeardAt">When it texted so last.</param>
    /// <param name="HeardSid">That text; empty or null: it did not, or it is not known.</param>
    /// <param name="ETag">The row's.</param>
    internal sealed record Entry(OptOut OptOut, bool IsListed, DateTimeOffset HeardAt, string? HeardSid, ETag ETag)
    {
        /// <summary>Whether the number itself is on the list; else a hash of it is kept.</summary>
        public bool IsPlain { get; init; } = true;

        /// <summary>What is kept of it since its person was erased; null: nothing.</summary>
        public KeptOptOuts.Kept? Kept { get; init; }
    }
}
