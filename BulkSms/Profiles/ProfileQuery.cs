using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Profiles;

/// <summary>The query parameter that names a profile.</summary>
public static class ProfileQuery
{
    public const string Name = "profile";

    /// <summary>The profile, as the settings spell it; null: none is given, or there is none of that name, which is an error.</summary>
    public static Profile? Read(ProfileCatalog profiles, HttpRequest request, FieldErrors errors)
    {
        if (!request.Query.TryGetValue(Name, out var given))
        {
            return null;
        }

        var found = profiles.Find(given.ToString());
        if (found is null)
        {
            errors.Add(Name, $"must be one of {string.Join(", ", profiles.All.Select(each => each.Name))}");
        }

        return found;
    }
}
