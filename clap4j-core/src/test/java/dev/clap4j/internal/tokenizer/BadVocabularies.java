package dev.clap4j.internal.tokenizer;

import dev.clap4j.BadFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Vocabularies that are damaged, incomplete or of another kind, with the message that each must give. */
public final class BadVocabularies {
    private static final String MERGES = "#version: 0.2\nd o\ndo g</w>\n";
    private static final String VOCAB =
            "{'d':0,'o':1,'g</w>':2,'do':3,'dog</w>':4,'<|startoftext|>':5,'<|endoftext|>':6}";

    private static final String MODEL = "{'model':{'type':'BPE','vocab':" + VOCAB + ",'merges':['d o']}}";

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
            bad.vocabTxt();
            bad.sentencePieces();
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

        folder = pair("too-many-merges", VOCAB, "d o\n".repeat(3_000_001));
        add(
                "more merges than any tokenizer has",
                folder,
                "The merges file " + folder.resolve("merges.txt") + " has more than 3000000 merges");

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
                "The merges file " + file + " should have two pieces per line, separated by a space, but line 3 is"
                        + " \"t h e\"");

        file = write(folder("empty"), "bpe_simple_vocab_16e6.txt", "#version: 0.2\n");
        add("no merges", file, "The merges file " + file + " holds no merges");

        file = folder("binary").resolve("bpe_simple_vocab_16e6.txt");
        Files.write(file, new byte[] {'i', ' ', (byte) 0xFF, (byte) 0xFE, '\n'});
        add("a merges file that is no text", file, "Cannot read " + file + ": it is not UTF-8 text");

        file = write(folder("twice"), "bpe_simple_vocab_16e6.txt", "#version: 0.2\ni n\ni n\n");
        add(
                "a merge that comes twice",
                file,
                "The merges file " + file + " makes the same piece twice, by \"i n\" and before");

        byte[] compressed = gzip("i n\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        file = folder("cut").resolve("bpe_simple_vocab_16e6.txt.gz");
        Files.write(file, Arrays.copyOf(compressed, compressed.length / 2));
        add(
                "a compressed file that was cut off",
                file,
                "Cannot read " + file + ": it ends too early; copy or download it again");

        file = folder("many-lines").resolve("bpe_simple_vocab_16e6.txt.gz");
        Files.write(file, gzip("i n\n".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII)));
        add(
                "a small file of very many lines",
                file,
                "The merges file " + file + " makes the same piece twice, by \"i n\" and before");

        file = folder("bomb").resolve("bpe_simple_vocab_16e6.txt.gz");
        Files.write(file, gzip(new byte[(8 << 20) + 1]));
        add(
                "a compressed file that inflates to very much",
                file,
                "Cannot use " + file + ": it inflates to more than 8388608 bytes, too many for a vocabulary");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /**
     * Files of a table, in which apostrophes stand for quotation marks, and {@code @} in a message for the path. {@code
     * json} is a whole tokenizer.json; {@code part} a sound one with something replaced, {@code add} with something more;
     * {@code companion} a file beside a sound one.
     */
    private void tokenizerJson() throws IOException {
        for (String line : table()) {
            String[] cells = line.split(" \\| ", -1);
            switch (cells[0]) {
                case "json" -> json(cells[1], cells[2]);
                case "part" -> json(MODEL.replace(cells[1], cells[2]), cells[3]);
                case "add" -> json(MODEL.substring(0, MODEL.length() - 1) + "," + cells[1] + "}", cells[2]);
                case "companion" -> companion(cells[1], cells[2], cells[3]);
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private static List<String> table() throws IOException {
        try (InputStream in = BadVocabularies.class.getResourceAsStream("bad-tokenizers.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private void vocabTxt() throws IOException {
        Path folder = folder("bert-unknown");
        write(folder, "vocab.txt", "[CLS]\n[SEP]\na\n");
        add(
                "a vocab.txt without [UNK]",
                folder,
                "The unk_token \"[UNK]\" of the tokenizer in " + folder + " is not in its vocabulary");
        folder = folder("bert-twice");
        Path file = write(folder, "vocab.txt", "[CLS]\n[SEP]\na\na\n");
        add("a vocab.txt with a piece twice", folder, "The vocabulary " + file + " has the piece \"a\" twice");
        folder = folder("bert-empty");
        file = write(folder, "vocab.txt", "");
        add("an empty vocab.txt", folder, "The vocabulary " + file + " is empty");
    }

    private void sentencePieces() throws IOException {
        ProtobufBytes unknown = ProtobufBytes.piece("<unk>", 0, 2);
        sentencePiece("an empty file", new ProtobufBytes(), damaged("it has no unknown piece"));
        sentencePiece(
                "a field of an unknown type",
                new ProtobufBytes().message(1, new ProtobufBytes().number(1, 1)),
                damaged("the field 1 has an unexpected wire type"));
        sentencePiece(
                "a piece with an unknown field",
                new ProtobufBytes().message(1, new ProtobufBytes().number(9, 1)),
                damaged("a piece has the unknown field 9"));
        sentencePiece(
                "an empty piece",
                new ProtobufBytes().message(1, unknown).message(1, ProtobufBytes.piece("", 0, 1)),
                damaged("piece 1 is damaged"));
        sentencePiece(
                "a piece without a score",
                new ProtobufBytes().message(1, ProtobufBytes.piece("a", Float.NaN, 1)),
                damaged("piece 0 is damaged"));
        sentencePiece(
                "a piece of an unknown type",
                new ProtobufBytes().message(1, ProtobufBytes.piece("a", 0, 7)),
                damaged("piece 0 is damaged"));
        sentencePiece(
                "a piece that is not UTF-8",
                new ProtobufBytes().message(1, new ProtobufBytes().bytes(1, new byte[] {-1})),
                damaged("a text is not UTF-8"));
        sentencePiece(
                "two unknown pieces",
                new ProtobufBytes().message(1, unknown).message(1, ProtobufBytes.piece("?", 0, 2)),
                damaged("it has two unknown pieces"));
        sentencePiece(
                "a piece that comes twice",
                new ProtobufBytes().message(1, unknown).message(1, unknown),
                "The vocabulary @ has the piece \"<unk>\" twice");
        sentencePiece(
                "a damaged map",
                new ProtobufBytes().message(1, unknown).message(3, new ProtobufBytes().bytes(2, new byte[3])),
                damaged("The character map of 3 bytes is damaged: its trie should have 0 bytes"));
        sentencePiece(
                "words",
                new ProtobufBytes().message(1, unknown).message(2, new ProtobufBytes().number(3, 3)),
                "The SentencePiece model @ is of the type 3; supported are 1, unigram, and 2, BPE");
        sentencePiece(
                "spaces behind words",
                new ProtobufBytes().message(1, unknown).message(2, new ProtobufBytes().number(24, 1)),
                "The SentencePiece model @ puts spaces after words (treat_whitespace_as_suffix), which is not"
                        + " supported");
        sentencePiece(
                "the other algorithm",
                new ProtobufBytes().message(1, unknown).message(2, new ProtobufBytes().number(3, 2)),
                "The SentencePiece model @ is of the type BPE, but a XLMRobertaTokenizer has UNIGRAM");
        Path file = folder("cut-message").resolve("sentencepiece.bpe.model");
        Files.write(file, Arrays.copyOf(new ProtobufBytes().message(1, unknown).toBytes(), 9));
        add(
                "a file that was cut off",
                file.getParent(),
                damaged("a field ends after the end of the file").replace("@", file.toString()));
        file = folder("group").resolve("sentencepiece.bpe.model");
        Files.write(file, new byte[] {11});
        add(
                "a group",
                file.getParent(),
                damaged("a field has the unknown wire type 3").replace("@", file.toString()));
        file = folder("endless-number").resolve("sentencepiece.bpe.model");
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) -1);
        Files.write(file, endless);
        add(
                "a number without end",
                file.getParent(),
                damaged("a number has more than 10 bytes").replace("@", file.toString()));
    }

    private static String damaged(String how) {
        return "Cannot read @ as a SentencePiece model: " + how;
    }

    private void sentencePiece(String name, ProtobufBytes model, String message) throws IOException {
        Path file = folder("sentence-piece-" + all.size()).resolve("sentencepiece.bpe.model");
        Files.write(file, model.toBytes());
        add(name, file.getParent(), message.replace("@", file.toString()));
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

    /** A tokenizer.json with this content; {@code @} stands for the file in the message. */
    private void json(String content, String message) throws IOException {
        Path folder = folder("tokenizer-" + all.size());
        Path file = write(folder, "tokenizer.json", content);
        add(content.substring(0, Math.min(80, content.length())), folder, message.replace("@", file.toString()));
    }

    /** A damaged file beside a good vocabulary. */
    private void companion(String name, String content, String message) throws IOException {
        Path folder = folder("companion-" + all.size());
        write(folder, "tokenizer.json", MODEL);
        Path file = write(folder, name, content);
        add(name + " " + content, folder, message.replace("@", file.toString()));
    }

    private void add(String name, Path path, String message) {
        all.add(new BadFile(name, path, message));
    }
}
