using System.Collections;
using System.Reflection;

namespace BulkSms.Common;

/// <summary>A section of the configuration, and the settings that are read from it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">Their paths below it, such as <c>Queues:BatchSize</c>; <c>*</c> is any one name.</param>
public sealed record KnownSection(string Name, IReadOnlyList<string> Settings)
{
    private const string Any = "*";

    /// <summary>A section whose settings are an options type's properties.</summary>
    public static KnownSection Of<TOptions>(string name) => new(name, [.. PathsOf(typeof(TOptions))]);

    /// <summary>Whether a path below the section is one of its settings.</summary>
    public bool Has(string path)
    {
        var names = path.Split(':');
        return Settings.Any(setting => setting.Split(':') is var known && known.Length == names.Length
            && known.Zip(names).All(pair => pair.First == Any || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> PathsOf(Type type)
    {
        if (ElementOf(type) is { } element)
        {
            return PathsOf(element).Select(path => path.Length == 0 ? Any : $"{Any}:{path}");
        }

        return IsValue(type)
            ? [""]
            : type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite || ElementOf(property.PropertyType) is not null)
                .SelectMany(property => PathsOf(property.PropertyType).Select(path => path.Length == 0 ? property.Name : $"{property.Name}:{path}"));
    }

    // Of a dictionary or a list.
    private static Type? ElementOf(Type type) => type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type) ? null
        : type.GetInterfaces().Prepend(type).Where(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(each => each.GetGenericArguments()[0])
            .Select(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? each.GetGenericArguments()[1] : each)
            .FirstOrDefault();

    // As the binder has it: what is written as one text. It asks type converters, which cost a start more than all else here.
    private static bool IsValue(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (Type.GetTypeCode(plain) != TypeCode.Object || plain == typeof(TimeSpan) || plain == typeof(Uri) || plain == typeof(DateTimeOffset) || plain == typeof(Guid));
}
