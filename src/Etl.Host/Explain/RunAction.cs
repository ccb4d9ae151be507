namespace Etl.Host.Explain;

/// <summary>The action of the next run for a row.</summary>
internal enum RunAction
{
    /// <summary>It makes the missing palette.</summary>
    Make,

    /// <summary>It fills in the missing columns beside the palette.</summary>
    Complete,

    /// <summary>It makes the palette again.</summary>
    MakeAgain,

    /// <summary>It tries the movie, which fails.</summary>
    Fail,

    /// <summary>It sends the movie to a worker, whose result this process cannot foresee.</summary>
    Send,

    /// <summary>It leaves the row as it is.</summary>
    Leave,
}
