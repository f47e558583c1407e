System.Console.WriteLine("ashlar");
