using BulkSms.Broadcasts.Requests;
using static BulkSms.Tests.Broadcasts.UploadReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Quotation marks too many: rows that become a part of a value are shown to another, and their people are forgotten.</summary>
public sealed class SwallowedRowsTests
{
    private const string Swallowed = "line 2: has a value of several lines, one of which reads as a row of its own: is there a quotation mark too many, or one that is never closed?";

    [Theory]
    [InlineData("phone,name\n+15550001111,\"Ada\n+15550002222,Bob\n+15550003333,Cleo\"\n+15550004444,Dan\n")]
    [InlineData("phone,name\r\n+15550001111,\"Ada\r\n+15550002222,Bob\"\r\n")]
    [InlineData("phone;name;city\n+15550001111;\"Ada;Rome\n+15550002222;Bob\";Oslo\n")]
    [InlineData("name,phone\n\"Ada,+15550001111\nBob\",+15550002222\n")]
    [InlineData("phone,name\n'+15550001111,\"Ada\n'+15550002222,Bob\"\n")]
    public async Task Read_ValueWithARowInIt_IsRefusedWhateverIsSkipped(string file)
    {
        var (people, errors, _) = await ReadAsync(AnyFile, System.Text.Encoding.UTF8.GetBytes(file), skip: true);

        Assert.Equal([Swallowed], errors.First.SelectMany(path => path.Value.Select(fault => $"{path.Key}: {fault}")));
        Assert.Empty(people);
    }

    [Theory]
    [InlineData("phone,name\n+15550001111,\"Ada\n+15550002222,Bob\n+15550003333,\"Cleo\n+15550004444,Dan\n")]
    [InlineData("phone,name\n+15550001111,\"Ada\n+15550002222,\"Bob")]
    public async Task Read_MisplacedQuotationMarkOverSeveralLines_IsRefusedWhateverIsSkipped(string file)
    {
        var (_, errors, _) = await ReadAsync(AnyFile, System.Text.Encoding.UTF8.GetBytes(file), skip: true);

        Assert.Contains("line 2: has a quotation mark in the wrong place, and so goes on into the lines after it", errors.First.SelectMany(path => path.Value.Select(fault => $"{path.Key}: {fault}")));
    }

    [Theory]
    [InlineData("phone,name\n+15550001111,\"12 Main St\nRome, 00184\"\n", "Hi 12 Main St\nRome, 00184")]
    [InlineData("phone,name\n+15550001111,\"At:\n12.03.2030, 10:00\"\n", "Hi At:\n12.03.2030, 10:00")]
    [InlineData("phone,name\n+15550001111,\"Ada\n+15550002222\"\n", "Hi Ada\n+15550002222")]
    public async Task Read_ValueOfSeveralLines_IsAValue(string file, string text) => Assert.Equal(text, Assert.Single((await ReadAsync(AnyFile, file)).People).Text);

    [Fact]
    public async Task Read_MisplacedQuotationMarkInOneLine_IsAnErrorOfThatLine()
    {
        var (people, _, invalid) = await ReadAsync(AnyFile, "phone,name\n+15550001111,Ada \"Bo\"\n+15550002222,Bob\n", skip: true);

        Assert.Equal(("+15550002222", 1), (Assert.Single(people).To, invalid));
    }
}
