package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.FileContents;
import dev.clap4j.internal.io.InputFiles;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file with the merges of byte-level BPE, one a line. */
public final class MergesFile {
    private static final int MOST_BYTES = 64 << 20;

    /** The size limit of a decompressed file, since a small one could expand a thousandfold; OpenAI's has 3 MB. */
    private static final int MOST_INFLATED = 8 << 20;

    private MergesFile() {}

    /**
     * Reads the merges in {@code merges.txt}.
     *
     * @param vocabFile the {@code vocab.json} beside it, which must exist, too
     * @throws ClapException if one of the files is missing, or the merges are damaged
     */
    public static List<Merge> beside(Path vocabFile) {
        Path mergesFile = vocabFile.resolveSibling("merges.txt");
        requireBoth(vocabFile, mergesFile);
        requireBoth(mergesFile, vocabFile);
        List<Merge> merges = merges(mergesFile, false, Merge.MOST + 1);
        if (merges.size() > Merge.MOST) {
            throw new ClapException("The merges file " + mergesFile + " has more than " + Merge.MOST + " merges");
        }
        return merges;
    }

    private static void requireBoth(Path there, Path needed) {
        if (!Files.exists(needed)) {
            throw new ClapException("There is " + there + " but no " + needed + ": a vocabulary needs both files. Take "
                    + needed.getFileName() + " from the same model");
        }
    }

    /**
     * Reads OpenAI's merges file, compressed or not. Its first line may be a comment.
     *
     * @param most the number of merges to read
     * @throws ClapException if it cannot be read or is damaged
     */
    public static List<Merge> openAi(Path file, int most) {
        return merges(file, true, most);
    }

    private static List<Merge> merges(Path file, boolean anyComment, int most) {
        List<Merge> merges = new ArrayList<>();
        Iterator<String> lines = text(file).lines().iterator();
        for (int number = 1; lines.hasNext() && merges.size() < most; number++) {
            String line = lines.next();
            boolean comment = number == 1
                    && (line.contains("#version")
                            || (anyComment && Merge.parse(line).isEmpty()));
            if (!line.isEmpty() && !comment) {
                merges.add(merge(file, number, line));
            }
        }
        if (merges.isEmpty()) {
            throw new ClapException("The merges file " + file + " holds no merges");
        }
        return merges;
    }

    private static Merge merge(Path file, int line, String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return Merge.parse(text)
                .orElseThrow(() -> new ClapException("The merges file " + file
                        + " should have two pieces per line, separated by a space, but line " + line + " is \"" + shown
                        + "\""));
    }

    private static String text(Path file) {
        if (!file.getFileName().toString().endsWith(".gz")) {
            return InputFiles.readText(file, MOST_BYTES);
        }
        byte[] compressed = InputFiles.read(file, MOST_INFLATED);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), 1 << 16)) {
            byte[] bytes = in.readNBytes(MOST_INFLATED);
            if (in.read() >= 0) {
                throw new ClapException("Cannot use " + file + ": it inflates to more than " + MOST_INFLATED
                        + " bytes, too many for a vocabulary");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (ZipException e) {
            throw new ClapException(
                    "Cannot read " + file + ": its name says it is compressed with gzip, but "
                            + FileContents.guess(file)
                                    .filter(guess -> !guess.contains("gzip"))
                                    .map(guess -> "it is " + guess)
                                    .orElse("it is not, or is damaged (" + e.getMessage() + ")"),
                    e);
        } catch (EOFException e) {
            throw new ClapException("Cannot read " + file + ": it ends too early; copy or download it again", e);
        } catch (CharacterCodingException e) {
            throw new ClapException("Cannot read " + file + ": it is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e, e);
        }
    }
}
