package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import java.nio.file.Path;
import java.util.List;

/** Indexes of pictures: searched, looked through for copies, and brought up to date. */
final class Indexes {
    private Indexes() {}

    static List<Input> made() {
        return List.of(Bits.written(Indexes::update));
    }

    static void update(Path folder) {
        Path fixture = Fixture.folder();
        Fixture.run(
                "index",
                "--model",
                fixture.resolve("model"),
                "--images",
                fixture.resolve("data"),
                "--out",
                folder,
                "--classes",
                "dog,cat");
    }

    static void search(Path folder) {
        Path model = Fixture.folder().resolve("model");
        Fixture.run("search", "--model", model, "--index", folder, "a dog", "--class", "dog");
    }

    static void duplicates(Path folder) {
        Fixture.run("duplicates", "--index", folder);
    }
}
