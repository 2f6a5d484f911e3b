package dev.clap4j.tokenizer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.BadFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Vocabularies that are damaged, incomplete or of another kind, with the message that each must give. */
public final class BadVocabularies {
    private static final String MERGES = "#version: 0.2\nd o\ndo g</w>\n";
    private static final String VOCAB =
            "{'d':0,'o':1,'g</w>':2,'do':3,'dog</w>':4,'<|startoftext|>':5,'<|endoftext|>':6}";

    private final Path root;
    private final List<BadFile> all = new ArrayList<>();

    private BadVocabularies(Path root) {
        this.root = root;
    }

    /** Writes all of them below a folder, each in a folder of its own. */
    public static List<BadFile> all(Path dir) {
        BadVocabularies bad = new BadVocabularies(dir);
        try {
            bad.pairs();
            bad.mergesFiles();
            bad.tokenizerJson();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(bad.all);
    }

    private void pairs() throws IOException {
        Path folder = folder("no-merges");
        Path vocab = write(folder, "vocab.json", VOCAB);
        add(
                "vocab.json without merges.txt",
                folder,
                "There is " + vocab + " but no " + folder.resolve("merges.txt")
                        + ": a vocabulary needs both files. Take merges.txt from the same model");

        folder = folder("no-vocab");
        Path merges = write(folder, "merges.txt", MERGES);
        add(
                "merges.txt without vocab.json",
                folder,
                "There is " + merges + " but no " + folder.resolve("vocab.json")
                        + ": a vocabulary needs both files. Take vocab.json from the same model");

        folder = pair("other-merges", VOCAB, "#version: 0.2\nc a\nca t</w>\n");
        add(
                "merges of another vocabulary",
                folder,
                "The merges of " + folder.resolve("merges.txt") + " do not belong to the vocabulary of "
                        + folder.resolve("vocab.json") + ": \"c a\" needs the piece \"c\", which the vocabulary lacks."
                        + " Take both files from the same model");

        folder = pair("vocab-list", "['d','o']", MERGES);
        add(
                "vocab.json with a list",
                folder,
                "Cannot use " + folder.resolve("vocab.json")
                        + ": it should hold a JSON object, but holds a JSON array");

        folder = pair("vocab-text", VOCAB.replace(":4", ":'four'"), MERGES);
        add(
                "an id that is no number",
                folder,
                "The vocabulary " + folder.resolve("vocab.json")
                        + " should map every piece to a whole number, but \"dog</w>\" has \"four\"");

        folder = pair("same-id", VOCAB.replace(":4", ":3"), MERGES);
        add(
                "two pieces with one id",
                folder,
                "The vocabulary " + folder.resolve("vocab.json")
                        + " gives the id 3 to two pieces, \"do\" and \"dog</w>\"");

        folder = pair("no-start", VOCAB.replace("<|startoftext|>", "<s>"), MERGES);
        add(
                "no start token",
                folder,
                "The vocabulary " + folder.resolve("vocab.json")
                        + " has no <|startoftext|>: it is not one of a CLIP model");

        folder = pair("lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 862328\n", MERGES);
        add(
                "a git-lfs pointer for vocab.json",
                folder,
                "Cannot read " + folder.resolve("vocab.json")
                        + " as JSON: it is a git-lfs pointer to a file that was not"
                        + " downloaded; run \"git lfs pull\" where it is from");
    }

    private void mergesFiles() throws IOException {
        Path file = write(folder("not-gzip"), "bpe_simple_vocab_16e6.txt.gz", MERGES);
        add(
                "a plain file called .gz",
                file,
                "Cannot read " + file + ": its name says it is compressed with gzip, but it is a text file");

        file = write(folder("three-pieces"), "bpe_simple_vocab_16e6.txt", "#version: 0.2\ni n\nt h e\n");
        add(
                "a line with three pieces",
                file,
                "The merges file " + file + " should have two pieces a line, separated by a space, but line 3 is"
                        + " \"t h e\"");

        file = write(folder("empty"), "bpe_simple_vocab_16e6.txt", "#version: 0.2\n");
        add("no merges", file, "The merges file " + file + " holds no merges");

        file = folder("binary").resolve("bpe_simple_vocab_16e6.txt");
        Files.write(file, new byte[] {'i', ' ', (byte) 0xFF, (byte) 0xFE, '\n'});
        add("a merges file that is no text", file, "Cannot read " + file + " as merges: it is no UTF-8 text");
    }

    private void tokenizerJson() throws IOException {
        Path folder = folder("wordpiece");
        Path file = write(folder, "tokenizer.json", "{'model':{'type':'WordPiece','vocab':{'[CLS]':0}}}");
        add(
                "a WordPiece tokenizer",
                folder,
                "The tokenizer " + file + " is of the kind WordPiece; CLIP's text encoder needs a BPE tokenizer");

        folder = folder("no-model");
        file = write(folder, "tokenizer.json", "{'model':{'type':'BPE','vocab':{}}}");
        add(
                "a tokenizer.json without merges",
                folder,
                "The tokenizer " + file + " lacks a vocabulary or merges (model.vocab, model.merges)");

        folder = folder("bad-split");
        ObjectNode root = (ObjectNode) Vocabularies.json(
                "{'normalizer':{'type':'Unheard'},'model':{'type':'BPE','vocab':" + VOCAB + ",'merges':['d o']}}");
        file = folder.resolve("tokenizer.json");
        new JsonMapper().writeValue(file.toFile(), root);
        add(
                "a tokenizer.json with an unknown normaliser",
                folder,
                "Cannot make a tokenizer of " + file
                        + ": data did not match any variant of untagged enum NormalizerUntagged at line 1 column 32");
    }

    private Path pair(String name, String vocab, String merges) throws IOException {
        Path folder = folder(name);
        write(folder, "vocab.json", vocab);
        write(folder, "merges.txt", merges);
        return folder;
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** Apostrophes stand for quotation marks. */
    private static Path write(Path folder, String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private void add(String name, Path path, String message) {
        all.add(new BadFile(name, path, message));
    }
}
