namespace BulkSms.TwilioSimulator;

/// <summary>Who the simulated account is and where it listens. Every identifier is made up.</summary>
public sealed class TwilioSimulatorOptions
{
    /// <summary>The port on 127.0.0.1. Default 0: any free one. No other address is ever listened on.</summary>
    public int Port { get; init; }

    /// <summary>The account in the path and the user name of Basic authentication.</summary>
    public string AccountSid { get; init; } = "AC0000000000000000000000000000fa4e";

    /// <summary>The password of Basic authentication, and the key of <c>X-Twilio-Signature</c>. Setting it is rotating it: the one before is worth nothing at once.</summary>
    public string AuthToken { get; set; } = "0000000000000000000000000000fa4e";

    /// <summary>An API key that is accepted in place of the account SID. Default none.</summary>
    public string? ApiKeySid { get; init; }

    /// <summary>The secret of <see cref="ApiKeySid"/>. Default none.</summary>
    public string? ApiKeySecret { get; init; }

    /// <summary>The Messaging Service that exists.</summary>
    public string MessagingServiceSid { get; init; } = "MG0000000000000000000000000000fa4e";

    /// <summary>Further Messaging Services of the account. Default none.</summary>
    public IReadOnlyList<string> OtherMessagingServiceSids { get; init; } = [];

    /// <summary>The number that a Messaging Service sends from, shown once a message has left the queue.</summary>
    public string SenderNumber { get; init; } = "+15550009999";

    /// <summary>The clock of dates, delays and limits. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seed of every probability, so that a run can be repeated. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Further accounts, such as subaccounts. They send, receive texts and are asked for both; how they are set is as of the first account. Default none.</summary>
    public IReadOnlyList<OtherAccount> OtherAccounts { get; init; } = [];

    internal bool KnowsService(string sid, string? account = null) => OtherAccounts.FirstOrDefault(other => other.AccountSid == account) is { } found
        ? sid == found.MessagingServiceSid
        : sid == MessagingServiceSid || OtherMessagingServiceSids.Contains(sid);

    internal string TokenOf(string? account) => OtherAccounts.FirstOrDefault(other => other.AccountSid == account)?.AuthToken ?? AuthToken;
}

/// <summary>A further account.</summary>
/// <param name="AccountSid">AC and 32 hexadecimal digits.</param>
/// <param name="AuthToken">The password of Basic authentication, and the key of its callbacks' signatures.</param>
/// <param name="MessagingServiceSid">Its Messaging Service.</param>
public sealed record OtherAccount(string AccountSid, string AuthToken, string MessagingServiceSid);
