using System.Reflection;

namespace BulkSms.Common;

/// <summary>The version of this build, such as <c>0.1.0</c>. Source: <c>Version</c> in Directory.Build.props.</summary>
public static class BuildVersion
{
    /// <summary>The version; without what the build adds behind a plus sign.</summary>
    public static string Current { get; } =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
