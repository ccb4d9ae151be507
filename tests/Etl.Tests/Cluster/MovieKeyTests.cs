using Etl.Cluster.Messages;
using PaletteEtl.Model;

namespace Etl.Tests.Cluster;

public sealed class MovieKeyTests
{
    [Fact]
    public void Of_RowsThatDiffer_HaveDifferentKeys()
    {
        Movie[] movies =
        [
            new(new RowKey(1), new MovieId(1L)),
            new(new RowKey(1), new MovieId("1")),
            new(new RowKey(1), new MovieId(1.0)),
            new(new RowKey(1), new MovieId(new byte[] { 1 })),
            new(new RowKey(1), new MovieId(null)),
            new(new RowKey(2), new MovieId(1L)),
            new(new RowKey(0, ["a", "b"]), new MovieId("c")),
            new(new RowKey(0, ["a b"]), new MovieId("c")),
            new(new RowKey(0, ["a", "1:b"]), new MovieId("c")),
            new(new RowKey(0, ["a t1:b"]), new MovieId("c")),
            new(new RowKey(0, [1L, 2L]), new MovieId("c")),
        ];

        Assert.Distinct(movies.Select(MovieKey.Of));
    }

    [Fact]
    public void Of_RowReadAgain_HasTheSameKey() => Assert.Equal(
        MovieKey.Of(new Movie(new RowKey(0, ["a", new byte[] { 1, 2 }]), new MovieId(0.1))),
        MovieKey.Of(new Movie(new RowKey(0, ["a", new byte[] { 1, 2 }]), new MovieId(0.1))));
}
