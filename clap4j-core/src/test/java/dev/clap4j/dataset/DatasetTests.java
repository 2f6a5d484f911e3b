package dev.clap4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.SamplePictures;
import dev.clap4j.ToldProgress;
import dev.clap4j.UnreadableImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DatasetTests {
    @TempDir
    Path root;

    private final List<String> warnings = new ArrayList<>();

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    private Dataset read() {
        return Dataset.read(root, warnings::add);
    }

    @Test
    void readsDomainsOfClasses() {
        Dataset pacs = Dataset.read(SamplePictures.folder(), warnings::add);

        assertThat(pacs.domains()).extracting(Domain::name).containsExactlyElementsOf(SamplePictures.DOMAINS);
        assertThat(pacs.classes()).containsExactlyElementsOf(SamplePictures.CLASSES);
        assertThat(pacs.size()).isEqualTo(336);
        assertThat(pacs.files()).hasSize(336).isSortedAccordingTo(Path::compareTo);
        assertThat(pacs.domains().get(1).labels()[12]).isEqualTo(1);
        assertThat(warnings).isEmpty();
    }

    /** A folder from macOS, whose names are decomposed, beside one from elsewhere. */
    @Test
    void composedAndDecomposedNamesAreOneClass() throws Exception {
        for (String each : List.of("cat", "cow", "sch\u00e4ferhund")) {
            files("linux/" + each + "/0.png");
            files("mac/" + Normalizer.normalize(each, Normalizer.Form.NFD) + "/0.png");
        }
        Dataset dataset = read();

        assertThat(dataset.domains()).extracting(Domain::name).containsExactly("linux", "mac");
        assertThat(dataset.classes()).containsExactly("cat", "cow", "sch\u00e4ferhund");
        assertThat(dataset.domains().get(0).labels())
                .isEqualTo(dataset.domains().get(1).labels());
    }

    @Test
    void composedAndDecomposedNamesAreOneDomain() throws Exception {
        files(
                "Scha\u0308fer/Scha\u0308fer/1.png",
                "Scha\u0308fer/dog/1.png",
                "other/sch\u00e4fer/1.png",
                "other/dog/1.png");
        assertThat(read().classes()).containsExactly("dog", "sch\u00e4fer");
        assertThat(read().onlyDomain("Sch\u00e4fer").size()).isEqualTo(2);
    }

    @Test
    void foldersThatDifferInFormAloneAreShown() throws Exception {
        files("Scha\u0308fer/1.png", "Sch\u00e4fer/1.png");

        assertThatThrownBy(this::read)
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("differ only in whether letters are composed (Scha\\u0308fer, Sch\\u00e4fer)");
    }

    @Test
    void readsASingleDomainUnderTheFolderName() throws Exception {
        files("Alarm_Clock/1.PNG", "TV/b.jpg", "TV/a.webp");

        Dataset dataset = read();

        assertThat(dataset.classes()).containsExactly("alarm clock", "tv");
        assertThat(dataset.domains())
                .containsExactly(new Domain(
                        root.getFileName().toString(),
                        List.of(
                                new LabelledImage(root.resolve("Alarm_Clock/1.PNG"), 0),
                                new LabelledImage(root.resolve("TV/a.webp"), 1),
                                new LabelledImage(root.resolve("TV/b.jpg"), 1))));
    }

    @Test
    void whatIsPassedOverIsCountedByItsEnding() throws Exception {
        files("photo/dog/1.jpg", "photo/dog/notes.txt", "photo/dog/2.txt", "photo/readme.md", "list.csv");
        files("photo/dog/IMG_1.HEIC", "photo/dog/.DS_Store", "photo/dog/README");

        assertThat(read().size()).isEqualTo(1);
        assertThat(warnings)
                .containsExactly("ignored 6 files of unsupported kinds: 2 .txt, 1 .csv, 1 .heic, 1 .md, 1 without an"
                        + " ending");
    }

    @Test
    void whatLiesAtTheWrongDepthIsSaidOnce() throws Exception {
        files("photo/dog/1.jpg", "photo/dog/more/2.jpg", "photo/dog/others/3.jpg", "4.jpg");

        assertThat(read().size()).isEqualTo(1);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .startsWith("ignored 3 images and folders at the wrong depth, such as " + root.resolve("4.jpg")
                        + "; a data set is ");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyRegularFilesAreImages() throws Exception {
        files("dog/1.jpg");
        Files.createSymbolicLink(root.resolve("dog/2.jpg"), root.resolve("gone.jpg"));
        Files.createSymbolicLink(root.resolve("dog/3.jpg"), Path.of("/dev/zero"));

        assertThat(read().size()).isEqualTo(1);
        assertThat(warnings)
                .containsExactly("ignored 2 files of unsupported kinds: 1 broken link, 1 pipe or device, the"
                        + " first at " + root.resolve("dog/2.jpg"));
    }

    @Test
    void captionsAndTheRecordOfADrawnDataSetBelongToIt() throws Exception {
        files("photo/dog/1.jpg", "captions.jsonl", "iconworld.json");
        assertThat(read().size()).isEqualTo(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void imagesThatCannotBeDecodedAreAsIfTheyWereNotThere() throws Exception {
        Dataset whole = Dataset.read(SamplePictures.folder("photo"), warnings::add);
        for (Path image : whole.files()) {
            Path copy = root.resolve(whole.root().relativize(image).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(image, copy);
        }
        Dataset absent = read();
        files("dog/000.jpg", "house/zzz.png");
        ToldProgress tried = ToldProgress.patient();

        Dataset readable = read().readable(tried);

        assertThat(tried.done()).isEqualTo(absent.size() + 2);
        assertThat(readable.domains()).isEqualTo(absent.domains());
        assertThat(readable.unreadable())
                .extracting(UnreadableImage::file)
                .containsExactly(root.resolve("dog/000.jpg"), root.resolve("house/zzz.png"));
        assertThat(readable.limit(3, 7).domains()).isEqualTo(absent.limit(3, 7).domains());
        assertThat(readable.limit(3, 7).unreadable()).isEqualTo(readable.unreadable());
    }

    @Test
    void aClassThatLosesAllItsImagesIsAnError() throws Exception {
        files("dog/1.jpg", "dog/2.jpg", "cat/1.jpg");

        assertThatThrownBy(() -> read().readable(Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("None of the images of the class cat in " + root.getFileName()
                        + " can be decoded: Cannot decode " + root.resolve("cat/1.jpg"));
    }

    @Test
    void aLimitKeepsSomeOfEveryClassAndTheOrder() {
        Dataset pacs = Dataset.read(SamplePictures.folder(), warnings::add);

        Dataset limited = pacs.limit(5, 1);

        assertThat(limited.size()).isEqualTo(4 * 7 * 5);
        assertThat(limited.domains())
                .allSatisfy(domain -> assertThat(domain.labels()).isSorted());
        assertThat(limited).isEqualTo(pacs.limit(5, 1)).isNotEqualTo(pacs.limit(5, 2));
        assertThat(limited.files()).isSortedAccordingTo(Path::compareTo).doesNotHaveDuplicates();
        assertThat(pacs.limit(100, 1)).isEqualTo(pacs);
    }

    @Test
    void aDomainOrClassesCanBeChosen() throws Exception {
        files("x/cat/1.png", "x/dog/1.png", "x/emu/1.png", "y/cat/1.png", "y/dog/1.png", "y/emu/1.png");

        Dataset chosen = read().onlyDomain("y").onlyClasses(List.of("emu", "dog"));

        assertThat(chosen.classes()).containsExactly("dog", "emu");
        assertThat(chosen.domains())
                .containsExactly(new Domain(
                        "y",
                        List.of(
                                new LabelledImage(root.resolve("y/dog/1.png"), 0),
                                new LabelledImage(root.resolve("y/emu/1.png"), 1))));
        assertThatThrownBy(() -> read().onlyDomain("z"))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no domain z in " + root + "; it has x, y");
        assertThatThrownBy(() -> read().onlyClasses(List.of("cow")))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no class cow in " + root + "; it has cat, dog, emu");
    }
}
