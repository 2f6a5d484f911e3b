package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.report.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Folders of runs: finished ones for reports, and others to resume. */
final class Runs {
    private static final String YAML = """
            options: {steps: 4, check-every: 2, noise-vectors: 0, batch: 2, latent: 3}
            grid: {tau: [0.1, 0.5]}
            alpha: [0.5]
            """;

    private static final int MOST_BYTES = 1 << 16;

    private Runs() {}

    static List<Input> finished() {
        Input sweep = sweep().get(0);
        Input zeroShot = run(folder -> onData("zeroshot", folder, "--no-cache"));
        Input fewShot = fewShot().get(0);
        Input attack = attack().get(0);
        Input tsne = run(folder -> onData("tsne", folder, "--no-cache", "--iterations", 5, "--perplexity", 2));
        Input training = Training.interrupted().get(0);
        return List.of(zeroShot, fewShot, attack, tsne, sweep, training, together(zeroShot, fewShot, attack));
    }

    /** Puts runs into subfolders of one folder. */
    private static Input together(Input... runs) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < runs.length; i++) {
            String folder = "run-" + i + "/";
            runs[i].files().forEach((name, content) -> files.put(folder + name, content));
        }
        return new Input(files);
    }

    static void report(Path folder) {
        Report report = Report.read(List.of(folder));
        report.rows();
        report.write(folder.resolve("report.html"));
    }

    static List<Input> fewShot() {
        return List.of(run(folder -> onData("fewshot", folder, "--no-cache", "--shots", 1, "--seeds", 2)));
    }

    static void resumeFewShot(Path folder) {
        onData("fewshot", folder, "--no-cache", "--shots", 1, "--seeds", 2, "--resume");
    }

    static List<Input> attack() {
        return List.of(run(folder -> onData("attack", folder, "--attacks", "fgsm", "--limit", 2)));
    }

    static void resumeAttack(Path folder) {
        onData("attack", folder, "--attacks", "fgsm", "--limit", 2, "--resume");
    }

    static List<Input> tsneMaps() {
        return List.of(run(folder -> onData("tsne", folder, "--no-cache", "--iterations", 5, "--perplexity", 2)));
    }

    static void resumeTsne(Path folder) {
        onData("tsne", folder, "--no-cache", "--iterations", 5, "--perplexity", 2, "--resume");
    }

    static List<Input> sweep() {
        return List.of(run(Runs::sweepInto).with("sweep.yaml", YAML.getBytes(StandardCharsets.UTF_8)));
    }

    private static void sweepInto(Path folder) {
        Path spec = folder.resolve("sweep.yaml");
        Input.of("sweep.yaml", YAML.getBytes(StandardCharsets.UTF_8)).writeTo(folder);
        sweep(spec, folder);
    }

    static void resumeSweep(Path folder) {
        sweep(folder.resolve("sweep.yaml"), folder, "--resume");
    }

    private static void sweep(Path spec, Path folder, Object... more) {
        Path fixture = Fixture.folder();
        command(
                List.of(
                        "sweep",
                        spec,
                        "--model",
                        fixture.resolve("model"),
                        "--data",
                        fixture.resolve("data"),
                        "--out",
                        folder),
                more);
    }

    static List<Input> pretraining() {
        return List.of(run(folder -> pretrain(folder)));
    }

    static void resumePretraining(Path folder) {
        pretrain(folder, "--resume");
    }

    private static void pretrain(Path folder, Object... more) {
        Path fixture = Fixture.folder();
        Path model = fixture.resolve("model");
        List<Object> words = new ArrayList<>(List.of("pretrain", "--data", fixture.resolve("captioned")));
        words.addAll(List.of("--architecture", model.resolve("open_clip_config.json")));
        words.addAll(List.of("--tokenizer", model.resolve("tokenizer.json")));
        words.addAll(List.of("--steps", 2, "--batch", 4, "--threads", 2, "--out", folder));
        command(words, more);
    }

    /** Returns the beginning of the digest cache, which is large and mostly empty. */
    static List<Input> cache() {
        Map<String, byte[]> files = new TreeMap<>();
        Bits.written(Runs::zeroShotWithCache)
                .files()
                .forEach((name, content) ->
                        files.put(name, Arrays.copyOf(content, Math.min(content.length, MOST_BYTES))));
        return List.of(new Input(files));
    }

    static void zeroShotWithCache(Path folder) {
        Path fixture = Fixture.folder();
        command(
                List.of("zeroshot", "--model", fixture.resolve("model"), "--data", fixture.resolve("data")),
                "--cache",
                folder,
                "--styles",
                "C");
    }

    private static void onData(String command, Path folder, Object... more) {
        Path fixture = Fixture.folder();
        command(
                List.of(
                        command,
                        "--model",
                        fixture.resolve("model"),
                        "--head",
                        fixture.resolve("head.safetensors"),
                        "--data",
                        fixture.resolve("data"),
                        "--out",
                        folder),
                more);
    }

    private static void command(List<?> first, Object... more) {
        List<Object> all = new ArrayList<>(first);
        all.addAll(Arrays.asList(more));
        Fixture.run(all.toArray());
    }

    /** Returns the files of a run, without its plots, which only take time. */
    private static Input run(Bits.Writing writing) {
        Map<String, byte[]> files = new TreeMap<>();
        byte[] small = Pictures.png().get(0).get("picture.png");
        Bits.written(writing).files().forEach((name, content) -> {
            if (!name.endsWith(".svg")) {
                files.put(name, name.endsWith(".png") ? small : content);
            }
        });
        return new Input(files);
    }
}
