namespace BulkSms.Profiles;

/// <summary>The profiles that a caller may use. Of others the caller is told nothing.</summary>
/// <param name="allowed">They.</param>
public sealed class ProfileChoice(IReadOnlyList<Profile> allowed)
{
    /// <summary>Only the profile <c>default</c>, as where no profile is configured.</summary>
    public static ProfileChoice OnlyDefault { get; } = new([new(Profile.DefaultName, new())]);

    /// <summary>They, <c>default</c> first.</summary>
    public IReadOnlyList<Profile> Allowed => allowed;

    /// <summary>The profile that a request asks for.</summary>
    /// <param name="asked">Its name; null: the request names none.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <returns>Null: the caller may not use it, or there is none of the name.</returns>
    public Profile? Find(string? asked, out string error)
    {
        var found = allowed.FirstOrDefault(each => each.Name.Equals(asked ?? Profile.DefaultName, StringComparison.OrdinalIgnoreCase));
        error = found is not null ? ""
            : allowed.Count == 0 ? "cannot be given: your token has no role that a profile asks for"
            : $"{(asked is null ? "is required, and " : "")}must be {(allowed.Count == 1 ? "" : "one of ")}{string.Join(", ", allowed.Select(each => each.Name))}: {(allowed.Count == 1 ? "no other profile is" : "these profiles are")} yours to use";
        return found;
    }
}
