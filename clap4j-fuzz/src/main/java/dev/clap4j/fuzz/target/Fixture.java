package dev.clap4j.fuzz.target;

import dev.clap4j.ClapException;
import dev.clap4j.cli.Clap;
import dev.clap4j.fuzz.mutation.Input;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A valid model and data set for commands, as small as possible. */
final class Fixture {
    private static final int IMAGES = 6;

    private static Path folder;

    private Fixture() {}

    /**
     * Returns the folder with {@code model}, {@code data/<domain>/<class>/<image>}, {@code captioned} and {@code
     * head.safetensors}.
     */
    static synchronized Path folder() {
        if (folder == null) {
            try {
                folder = Files.createTempDirectory("fixture");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Models.writeTo(folder.resolve("model"));
            data().writeTo(folder.resolve("data"));
            captioned().writeTo(folder.resolve("captioned"));
            Heads.ours().get(0).writeTo(folder);
        }
        return folder;
    }

    private static Input data() {
        Map<String, byte[]> files = new TreeMap<>();
        for (String domain : List.of("photo", "sketch")) {
            for (String name : List.of("cat", "dog")) {
                for (int i = 0; i < IMAGES; i++) {
                    files.put(domain + "/" + name + "/" + i + ".png", picture(files.size()));
                }
            }
        }
        return new Input(files);
    }

    private static Input captioned() {
        Map<String, byte[]> files = new TreeMap<>();
        StringBuilder captions = new StringBuilder();
        for (int i = 0; i < IMAGES; i++) {
            files.put(i + ".png", picture(i));
            captions.append("{\"image\": \"" + i + ".png\", \"caption\": \"picture " + i + "\"}\n");
        }
        files.put("captions.jsonl", captions.toString().getBytes(StandardCharsets.UTF_8));
        return new Input(files);
    }

    private static byte[] picture(int number) {
        List<Input> pictures = Pictures.png();
        return pictures.get(number % pictures.size()).get("picture.png");
    }

    /**
     * Runs a command as a user would, in this process.
     *
     * @throws ClapException if it rejects its input
     * @throws CommandFault if it fails in any other way
     */
    static void run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        int code = Clap.execute(new PrintWriter(out, true), new PrintWriter(err, true), words);
        if (err.toString().contains("this should not happen")) {
            throw new CommandFault(err.toString());
        }
        if (code != Clap.DONE) {
            throw new ClapException(err.toString());
        }
    }
}
