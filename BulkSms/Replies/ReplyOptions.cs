using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Replies;

/// <summary>Texts from phones that are no opt-outs. Section <c>Replies</c>.</summary>
public sealed class ReplyOptions
{
    public const string Section = "Replies";

    /// <summary>For how many days a reply is kept. 0: replies are not kept. Default 30; 0 to 730.</summary>
    [Range(0, 730)]
    public int Days { get; set; } = 30;
}

[OptionsValidator]
public sealed partial class ReplyOptionsValidator : IValidateOptions<ReplyOptions>;
