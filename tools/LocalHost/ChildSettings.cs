using System.Diagnostics;

namespace BulkSms.LocalHost;

/// <summary>Settings for a process that is started.</summary>
public static class ChildSettings
{
    /// <summary>Sets them as environment variables: <c>Section:Name</c> → <c>Section__Name</c>.</summary>
    public static void AddSettings(this ProcessStartInfo start, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
    }
}
