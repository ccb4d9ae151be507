using System.Globalization;
using Etl.Cluster.Messages;

namespace Etl.Tests.Cluster;

public sealed class MessageSizeTests
{
    [Theory]
    [InlineData("1,1,1", "1 1 1")]
    [InlineData("6,6,6", "6|6|6")]
    [InlineData("1,1,9,1", "1 1|9 1")]
    [InlineData("99,1", "99|1")]
    [InlineData("99", "99")]
    public void Split_MoviesOfAnySize_AreInMessagesWithinTheLimitOrAlone(string sizes, string messages)
    {
        int[] movies = [.. sizes.Split(',').Select(static size => int.Parse(size, CultureInfo.InvariantCulture))];

        IEnumerable<string> written = MessageSize
            .Split(movies, static part => (string.Join(' ', part), part.Sum()), maxBytes: 10)
            .Select(static part => part.Message);

        Assert.Equal(messages, string.Join('|', written));
    }
}
