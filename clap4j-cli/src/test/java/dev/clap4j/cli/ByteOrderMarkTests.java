package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Faults;
import dev.clap4j.SamplePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text files with a byte order mark, as Windows writes them, are read as without it. */
class ByteOrderMarkTests {
    private static final String MARK = "\ufeff";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "texts.txt | tokenize --json --file",
                "classes.txt | prompts --count 3 --classes-file",
                "templates.txt | classify --json --classes cat,dog IMAGE --templates",
            })
    void theMarkIsNoPartOfTheText(String name, String command) throws IOException {
        Path marked = Faults.file("textfile-bom/" + name);
        String text = Files.readString(marked);
        assertThat(text).startsWith(MARK);
        Path plain = Files.writeString(folder.resolve(name), text.substring(MARK.length()));
        assertThat(output(command, marked)).isNotEmpty().isEqualTo(output(command, plain));
    }

    private static String output(String command, Path file) {
        String image = SamplePictures.folder("sketch/dog/pic_000.png").toString();
        CommandRun run = CommandRun.of((Object[]) (command.replace("IMAGE", image) + " " + file).split(" "));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        return run.out();
    }
}
