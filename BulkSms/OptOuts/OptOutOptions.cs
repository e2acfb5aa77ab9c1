using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>The opt-out list. Section <c>OptOuts</c>.</summary>
public sealed class OptOutOptions
{
    public const string Section = "OptOuts";

    /// <summary>Most numbers in one import, duplicates included. Default 10,000; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxImport { get; set; } = 10_000;

    /// <summary>Largest body of an import in bytes. Default 1 MiB; 1 KiB to 16 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Whether a text that may be an opt-out without being clear goes on the review list, and what waits for its phone is held until a person decides. False: such
    /// a text changes nothing. Default true.
    /// </summary>
    public bool ReviewUnclear { get; set; } = true;

    /// <summary>
    /// How often Twilio's list is read for texts that the inbound webhook could not take. 0: never. Default 5 min; 0 to 24 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ReadInboundEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Keys by which an erased person's number is hashed, so that they are not texted: versions from 1 on, each with 32 bytes or more in Base64, such as <c>1=q83v...=;2=7hKx...=</c>. New hashes are
    /// made by the highest version; an older key stays for as long as hashes refer to it, and without it the app does not start. With a vault they come from
    /// <c>OptOuts:HashKeysSecret</c> instead. Default none: then a person is erased with <c>keepOptOut: false</c> only.
    /// </summary>
    public string HashKeys { get; set; } = "";

    /// <summary>Name of the secret that holds these keys, where <c>KeyVault:Uri</c> is set. Default <c>OptOutHashKeys</c>; that it is missing says that there are none.</summary>
    [Required, RegularExpression("^[0-9a-zA-Z-]{1,127}$")]
    public string HashKeysSecret { get; set; } = "OptOutHashKeys";
}

[OptionsValidator]
public sealed partial class OptOutOptionsValidator : IValidateOptions<OptOutOptions>;
