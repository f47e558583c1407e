namespace Ashlar.Server.Index;

/// <summary>The tables of <c>index.db</c>. Everything in them comes from files; a new version rebuilds.</summary>
/// <remarks>
/// <c>rows</c> keeps each row of the table ready as JSON, so that a page of runs is read, not assembled; apart from <c>runs</c>, whose columns filters read whole.
/// <c>cells</c> keeps parameters and tags by name, <c>series</c> the figures of metrics by name: what filters and sorts read is one range of an index.
/// <c>chunks</c> holds the points of a series in columns, at level 0 all of them and above it minima and maxima (see <see cref="SeriesLevels"/>).
/// <c>items</c> says where images, histograms, texts and such stand in the event files, <c>files</c> how far those were read.
/// </remarks>
static class IndexSchema
{
    /// <summary>Changes with the tables or with the form of what is in them.</summary>
    public const int Version = 2;

    public const string Text = """
        CREATE TABLE runs(
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            folder TEXT NOT NULL,
            "foreign" INTEGER NOT NULL,
            name TEXT NOT NULL,
            experiment TEXT NOT NULL,
            state TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER,
            parent TEXT,
            sweep TEXT,
            weights TEXT,
            stamp TEXT NOT NULL,
            damage TEXT);
        CREATE INDEX runs_by_start ON runs(start, id);
        CREATE TABLE rows(number INTEGER PRIMARY KEY, facts TEXT NOT NULL, metrics TEXT NOT NULL DEFAULT '{}');
        CREATE INDEX runs_by_sweep ON runs(sweep) WHERE sweep IS NOT NULL;
        CREATE TABLE names(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE cells(
            name INTEGER NOT NULL,
            run INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY(kind, name, run)) WITHOUT ROWID;
        CREATE INDEX cells_by_run ON cells(run, kind);
        CREATE TABLE series(
            number INTEGER PRIMARY KEY,
            name INTEGER NOT NULL,
            run INTEGER NOT NULL,
            count INTEGER NOT NULL,
            last REAL,
            min REAL,
            max REAL,
            step INTEGER NOT NULL,
            points INTEGER NOT NULL,
            time REAL NOT NULL DEFAULT 0,
            origin TEXT NOT NULL DEFAULT '');
        CREATE UNIQUE INDEX series_by_run ON series(run, name);
        CREATE INDEX series_by_name ON series(name, run, last);
        CREATE TABLE chunks(
            place INTEGER PRIMARY KEY,
            low INTEGER NOT NULL,
            high INTEGER NOT NULL,
            early REAL NOT NULL,
            late REAL NOT NULL,
            data BLOB NOT NULL);
        CREATE INDEX chunks_by_range ON chunks(place, low, high, early, late);
        CREATE TABLE files(
            run INTEGER NOT NULL,
            path TEXT NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY(run, path)) WITHOUT ROWID;
        CREATE TABLE items(
            number INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            tag TEXT NOT NULL,
            step INTEGER NOT NULL,
            time REAL NOT NULL,
            path TEXT NOT NULL,
            position INTEGER NOT NULL);
        CREATE INDEX items_by_run ON items(run, kind, tag, step);
        """;
}
