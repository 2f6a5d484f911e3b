package dev.clap4j.internal.tokenizer.sentencepiece;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.tokenizer.pipeline.CharacterMap;
import dev.clap4j.internal.tokenizer.pipeline.SentencePieceNormalizer;
import dev.clap4j.internal.tokenizer.pipeline.TokenIds;
import dev.clap4j.internal.tokenizer.pipeline.Unigram;
import dev.clap4j.internal.tokenizer.sentencepiece.ProtobufMessage.DamagedException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model file of SentencePiece (Kudo and Richardson 2018): pieces, and how texts are normalized.
 *
 * @param file the file, for error messages
 * @param digest of its content
 * @param pieces the pieces; a piece's id is its place
 * @param algorithm how texts are split
 * @param unknown the id of the unknown piece
 * @param end the id of the end piece, or -1
 * @param byteFallback whether unknown characters become pieces of their bytes
 * @param map the map of characters, or null if there is none
 * @param spaces the treatment of white space
 */
public record SentencePieceFile(
        Path file,
        String digest,
        List<Piece> pieces,
        Algorithm algorithm,
        int unknown,
        int end,
        boolean byteFallback,
        CharacterMap map,
        SentencePieceNormalizer.Options spaces) {
    private static final int MOST_BYTES = 64 << 20;

    /** The algorithms that split texts into pieces. */
    public enum Algorithm {
        /** A unigram language model. */
        UNIGRAM,
        /** Byte pair encoding; the score of a piece says when it is merged. */
        BPE
    }

    /** The role of a piece. */
    public enum PieceType {
        /** A part of texts. */
        NORMAL,
        /** The one piece of unknown characters. */
        UNKNOWN,
        /** A special token that is not found in texts. */
        CONTROL,
        /** A text that is never split. */
        USER_DEFINED,
        /** No longer used. */
        UNUSED,
        /** A byte of an unknown character. */
        BYTE
    }

    /** A piece. */
    public record Piece(String content, float score, PieceType type) {}

    /**
     * Reads a file.
     *
     * @throws ClapException if it cannot be read, is damaged, or uses something that is not supported
     */
    public static SentencePieceFile read(Path file) {
        byte[] bytes = InputFiles.read(file, MOST_BYTES);
        try {
            return new Reader(file).read(ByteBuffer.wrap(bytes), Digests.of(bytes));
        } catch (DamagedException e) {
            throw new ClapException("Cannot read " + file + " as a SentencePiece model: " + e.getMessage(), e);
        }
    }

    /** Returns the ids of the pieces. */
    public Map<String, Integer> ids() {
        Map<String, Integer> ids = new HashMap<>(2 * pieces.size());
        for (Piece piece : pieces) {
            ids.put(piece.content, ids.size());
        }
        return ids;
    }

    /** The fields read so far; the others have SentencePiece's defaults. */
    private static final class Reader {
        private static final int SUFFIX = 24;
        private static final Map<Integer, Algorithm> ALGORITHMS = Map.of(1, Algorithm.UNIGRAM, 2, Algorithm.BPE);
        private static final Map<Integer, PieceType> TYPES = Map.of(
                1, PieceType.NORMAL,
                2, PieceType.UNKNOWN,
                3, PieceType.CONTROL,
                4, PieceType.USER_DEFINED,
                5, PieceType.UNUSED,
                6, PieceType.BYTE);

        private final Path file;
        private final List<Piece> pieces = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private int algorithm = 1;
        private int unknown = -1;
        private int end = 2;
        private boolean byteFallback;
        private CharacterMap map;
        private boolean addDummyPrefix = true;
        private boolean removeExtraWhitespaces = true;
        private boolean escapeWhitespaces = true;

        Reader(Path file) {
            this.file = file;
        }

        SentencePieceFile read(ByteBuffer bytes, String digest) throws DamagedException {
            ProtobufMessage root = new ProtobufMessage(bytes);
            while (root.next()) {
                switch (root.number()) {
                    case 1 -> readPiece(new ProtobufMessage(root.bytes()));
                    case 2 -> readTrainer(new ProtobufMessage(root.bytes()));
                    case 3 -> readNormalizer(new ProtobufMessage(root.bytes()));
                    default -> root.bytes(); // self-tests and the way back
                }
            }
            if (unknown < 0) {
                throw new DamagedException("it has no unknown piece");
            }
            if (!ALGORITHMS.containsKey(algorithm)) {
                throw new ClapException("The SentencePiece model " + file + " is of the type " + algorithm
                        + "; supported are 1, unigram, and 2, BPE");
            }
            return new SentencePieceFile(
                    file,
                    digest,
                    List.copyOf(pieces),
                    ALGORITHMS.get(algorithm),
                    unknown,
                    end >= 0 && end < pieces.size() ? end : -1,
                    byteFallback,
                    map,
                    new SentencePieceNormalizer.Options(addDummyPrefix, removeExtraWhitespaces, escapeWhitespaces));
        }

        private void readPiece(ProtobufMessage message) throws DamagedException {
            String content = "";
            float score = 0;
            int type = 1;
            while (message.next()) {
                switch (message.number()) {
                    case 1 -> content = message.text();
                    case 2 -> score = message.real();
                    case 3 -> type = message.integer();
                    default -> throw new DamagedException("a piece has the unknown field " + message.number());
                }
            }
            if (content.isEmpty() || !Float.isFinite(score) || !TYPES.containsKey(type)) {
                throw new DamagedException("piece " + pieces.size() + " is damaged");
            }
            Unigram.requireLength(file, content);
            TokenIds.put(file, ids, content, pieces.size());
            if (TYPES.get(type) == PieceType.UNKNOWN) {
                if (unknown >= 0) {
                    throw new DamagedException("it has two unknown pieces");
                }
                unknown = pieces.size();
            }
            pieces.add(new Piece(content, score, TYPES.get(type)));
        }

        private void readTrainer(ProtobufMessage message) throws DamagedException {
            while (message.next()) {
                switch (message.number()) {
                    case 3 -> algorithm = message.integer();
                    case 35 -> byteFallback = message.flag();
                    case 42 -> end = message.integer();
                    case SUFFIX -> {
                        if (message.flag()) {
                            throw new ClapException("The SentencePiece model " + file
                                    + " puts spaces after words (treat_whitespace_as_suffix), which is not supported");
                        }
                    }
                    default -> {} // how it was trained
                }
            }
        }

        private void readNormalizer(ProtobufMessage message) throws DamagedException {
            while (message.next()) {
                switch (message.number()) {
                    case 2 -> map = map(message.bytes());
                    case 3 -> addDummyPrefix = message.flag();
                    case 4 -> removeExtraWhitespaces = message.flag();
                    case 5 -> escapeWhitespaces = message.flag();
                    default -> {} // the rules from which the map was made
                }
            }
        }

        private CharacterMap map(ByteBuffer bytes) throws DamagedException {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            try {
                return copy.length == 0 ? null : CharacterMap.of(copy);
            } catch (ClapException e) {
                throw new DamagedException(e.getMessage());
            }
        }
    }
}
