#:project ../../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../../src/Ashlar/Ashlar.csproj
#:project ../../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../../src/Ashlar.Learn/Ashlar.Learn.csproj
#:project ../../src/Ashlar.Lab/Ashlar.Lab.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Usage: dotnet run write.cs -- FOLDER
// Writes events of every kind for check.py to read: two sessions, the second from step 6 on.
using Ashlar.Lab.Events;

// 2 x 1 pixels, black and white.
byte[] picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR42mNg+A8AAQIBAKiC7UQAAAAASUVORK5CYII=");

using (var log = EventLog.Create(args[0]))
{
    for (int step = 0; step < 10; step++)
    {
        log.Scalar("exact", step / 4.0, step);
        log.Scalar("double", step / 10.0, step);
    }
}

using (var log = EventLog.Create(args[0], firstStep: 6))
{
    for (int step = 6; step < 8; step++)
    {
        log.Scalar("exact", 100 + step, step);
        log.Scalar("double", 100.1 + step, step);
    }

    log.Write(new HistogramEvent("weights", 7, 0, [-0.5, 0, 1], [1, 2, 3], -1, 0.75, 0.5, 2.5, 6));
    log.Write(new ImageEvent("picture", 7, 0, 2, 1, picture));
    log.Write(new TextEvent("note", 7, 0, "größer als **1** < 2"));
    log.Write(new GraphEvent("", 7, 0, GraphDefinition.Write([new("layer/x", "Parameter", [], []), new("layer/y", "MatMul", ["layer/x", "layer/x"], [new("shape", "[2, 2]")])])));
    log.Write(new HyperparametersExperimentEvent(0, new Dictionary<string, HyperparameterKind> { ["lr"] = HyperparameterKind.Number, ["name"] = HyperparameterKind.Text, ["wide"] = HyperparameterKind.Truth }, ["exact"]));
    log.Write(new HyperparametersEvent(0, new Dictionary<string, object> { ["lr"] = 0.001, ["name"] = "adam", ["wide"] = true }, "group"));
    log.Write(new HyperparametersEndEvent(0, HyperparametersStatus.Success));
}
