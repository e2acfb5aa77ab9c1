namespace BulkSms.Profiles;

/// <summary>A named way to send: with its Messaging Service, at its rate.</summary>
/// <param name="Name">As the settings spell it.</param>
/// <param name="Settings">What is set of it.</param>
public sealed record Profile(string Name, ProfileSettings Settings)
{
    /// <summary>The profile that the sections <c>Twilio</c> and <c>Sending</c> are, and of each broadcast that names none.</summary>
    public const string DefaultName = "default";

    public bool IsDefault => IsDefaultName(Name);

    /// <summary>Whether a name, null for none, is that of the profile <c>default</c>.</summary>
    public static bool IsDefaultName(string? name) => name is null || name.Equals(DefaultName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name as it is stored and shown: null for the profile <c>default</c>.</summary>
    public static string? Shown(string? name) => IsDefaultName(name) ? null : name;

    /// <summary>Whether a caller with these roles may use it; null: there are no tokens, and so no roles.</summary>
    public bool MayBeUsedWith(IReadOnlySet<string>? roles) => Settings.EachRole is { Count: 0 } || Settings.EachRole.Any(role => roles?.Contains(role) ?? false);
}
