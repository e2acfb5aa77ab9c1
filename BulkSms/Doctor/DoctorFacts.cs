using BulkSms.Health;
using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>Everything that the doctor judges: what was asked, and what this app is set to.</summary>
public sealed record DoctorFacts
{
    /// <summary>Whether the credentials could be read at all; without them Twilio is not asked.</summary>
    public required bool HasCredentials { get; init; }

    public required Asked<AccountFact> Account { get; init; }

    public required Asked<BalanceFact> Balance { get; init; }

    public required Asked<ServiceFact> Service { get; init; }

    /// <summary>The domain of short links.</summary>
    public required Asked<LinksFact> Links { get; init; }

    public required Asked<IReadOnlyList<SenderFact>> Senders { get; init; }

    public required Asked<IReadOnlyList<CampaignFact>> Campaigns { get; init; }

    /// <summary>Who the campaigns are registered for.</summary>
    public required Asked<IReadOnlyList<BrandFact>> Brands { get; init; }

    /// <summary>What was handed in for toll-free numbers.</summary>
    public required Asked<IReadOnlyList<TollFreeFact>> TollFree { get; init; }

    public required Asked<PermissionFact> Permissions { get; init; }

    public required Asked<IReadOnlyList<WebhookAlert>> Alerts { get; init; }

    public required Asked<IReadOnlyList<HealthCheckView>> Storage { get; init; }

    public required Asked<SecretFact> AuthToken { get; init; }

    public required OwnSettings Own { get; init; }

    /// <summary>The countries that the caller asks about; none: those of the senders.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>When it was asked, by our clock.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>What this app is set to.</summary>
/// <param name="PublicBaseUrl">Where Twilio reaches it; null: nowhere.</param>
/// <param name="IsSimulated">Its Twilio is on this machine.</param>
/// <param name="SegmentsPerSecond">What all instances together hand to Twilio a second, at most.</param>
/// <param name="ReadsInbound">It reads Twilio's list for texts that the inbound webhook could not take.</param>
/// <param name="HasVault">Its secrets are in a vault.</param>
/// <param name="Version">Its version.</param>
/// <param name="Runtime">What it runs on.</param>
public sealed record OwnSettings(Uri? PublicBaseUrl, bool IsSimulated, double SegmentsPerSecond, bool ReadsInbound, bool HasVault, string Version, string Runtime);
