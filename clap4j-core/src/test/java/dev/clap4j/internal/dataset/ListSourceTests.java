package dev.clap4j.internal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListSourceTests {
    @TempDir
    private Path folder;

    private List<SourceImage> images(String text) throws IOException {
        return images(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<SourceImage> images(byte[] text) throws IOException {
        Path file = Files.write(folder.resolve("list.csv"), text);
        ImageSource source = ImageSources.container(file).orElseThrow();
        List<SourceImage> images = new ArrayList<>();
        try (ImageCursor cursor = source.open()) {
            cursor.forEachRemaining(images::add);
        }
        assertThat(source.count()).isEqualTo(images.size());
        return images;
    }

    @Test
    void pathsAreRelativeToTheList() throws IOException {
        List<SourceImage> images = images(
                "\uFEFFLabel, Path ,note\r\ndog,a.png,\r\n\"hot \"\"dog\"\"\",\"b, c.png\",\"two\nlines\"\r\n,/d/e.png,x\r\n");
        assertThat(images)
                .extracting(SourceImage::id)
                .containsExactly(
                        folder.resolve("a.png").toString(),
                        folder.resolve("b, c.png").toString(),
                        "/d/e.png");
        assertThat(images)
                .extracting(image -> image.label().orElse("none"))
                .containsExactly("dog", "hot \"dog\"", "none");
        assertThatThrownBy(() -> images.get(2).content().decode(null, null))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no file /d/e.png (line 5 of " + folder.resolve("list.csv") + ")");
    }

    private void refused(String text, String message) {
        assertThatThrownBy(() -> images(text)).isInstanceOf(ClapException.class).hasMessageContaining(message);
    }

    @Test
    void malformedLists() {
        refused("", "is empty; a list of images begins with titles");
        refused("path,label\n", "names no images");
        refused("a.png,dog\n", "has no column of paths");
        refused("path,image\na,b\n", "several columns of one kind: path, image");
        refused("path,label\na.png\n", "list.csv");
        refused("path,label\na.png,dog,x\n", "list.csv");
        refused("path,label\n\"a.png,dog\n", "list.csv");
        refused("path,label\n\"a\"b.png,dog\n", "list.csv");
        refused("path,label\n\n,dog\n", "Line 3 of");
        refused("path\na\0.png\n", "The image of line 2 of");
        refused("path,label\n" + "a".repeat(2 << 20) + ",dog\n", "list.csv");
        assertThatThrownBy(() -> images(new byte[] {'p', 'a', 't', 'h', '\n', (byte) 0xFF, '\n'}))
                .hasMessageContaining("it is not UTF-8 text");
    }
}
