namespace BulkSms.Tests.Documents;

/// <summary>What a newcomer reads first.</summary>
public sealed class ReadmeTests
{
    private const int MostLines = 150;
    private static readonly string[] Lines = DocumentFiles.Read("README.md").TrimEnd('\n').Split('\n');

    [Fact]
    public void Readme_IsShort() => Assert.InRange(Lines.Length, 1, MostLines);

    [Theory]
    [InlineData("dotnet run --project tools/LocalHost -- demo")]
    [InlineData("dotnet test")]
    public void Readme_Commands_StandOnALineOfTheirOwn(string command) => Assert.Contains(command, Lines);

    [Fact]
    public void Glossary_HasAtMostTwelveTerms() =>
        Assert.InRange(DocumentFiles.Read("docs/glossary.md").Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal)) - 1, 1, 12);
}
