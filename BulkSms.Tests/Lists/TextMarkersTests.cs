using BulkSms.Lists;

namespace BulkSms.Tests.Lists;

public sealed class TextMarkersTests
{
    [Theory]
    [InlineData("=\"+15551230001\"", "+15551230001")]
    [InlineData("=\"a \"\"b\"\"\"", "a \"b\"")]
    [InlineData("'+15551230001", "+15551230001")]
    [InlineData("'=SUM(A1)", "=SUM(A1)")]
    [InlineData("'tis", "'tis")]
    [InlineData("=\"a\"&\"b\"", "=\"a\"&\"b\"")]
    [InlineData("=A1", "=A1")]
    [InlineData("", "")]
    [InlineData("'", "'")]
    public void Remove_Cell_IsWhatIsMarked(string cell, string expected) => Assert.Equal(expected, TextMarkers.Remove(cell));

    [Theory]
    [InlineData(" '07400 123456", "07400 123456")]
    [InlineData("’+447400123456", "+447400123456")]
    [InlineData("=\"07400123456\"", "07400123456")]
    public void RemoveFromNumber_Cell_IsTheNumber(string cell, string expected) => Assert.Equal(expected, TextMarkers.RemoveFromNumber(cell));
}
