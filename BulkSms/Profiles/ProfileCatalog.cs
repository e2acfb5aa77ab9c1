using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Profiles;

/// <summary>The profiles that there are.</summary>
public sealed class ProfileCatalog(IOptions<ProfileOptions> options)
{
    private readonly Lazy<IReadOnlyList<Profile>> all = new(() => // read when it is used: the check of settings at start says what is wrong
    [
        new(Profile.DefaultName, options.Value.ByName.TryGetValue(Profile.DefaultName, out var ofDefault) ? ofDefault : new()),
        .. options.Value.ByName.Where(each => !Profile.IsDefaultName(each.Key)).OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => new Profile(each.Key, each.Value)),
    ]);

    /// <summary>All, <c>default</c> first.</summary>
    public IReadOnlyList<Profile> All => all.Value;

    public Profile Default => All[0];

    /// <summary>The profile of a name; null: there is none, or none any more.</summary>
    /// <param name="name">The name; null: <c>default</c>.</param>
    public Profile? Find(string? name) => Profile.IsDefaultName(name) ? Default : All.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The profiles that a request's caller may use.</summary>
    public ProfileChoice ChoiceOf(HttpRequest request)
    {
        var roles = request.HttpContext.Features.Get<ValidToken>()?.Roles;
        return new([.. All.Where(each => each.MayBeUsedWith(roles))]);
    }
}
