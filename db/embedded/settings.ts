const mebibyte = 1024 * 1024;

/**
 * What a server is started with, as settings of Postgres; given on its command line, so that a new version of ours
 * takes effect without editing a file.
 *
 * Units   memoryBytes: of the machine
 * Source  https://www.postgresql.org/docs/18/runtime-config.html
 */
export function serverSettings(memoryBytes: number, port: number): Record<string, string> {
  const sharedBuffersMiB = Math.min(1024, Math.max(16, Math.floor(memoryBytes / 4 / mebibyte)));
  const workMemMiB = Math.min(32, Math.max(4, Math.floor(memoryBytes / 512 / mebibyte)));
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    cluster_name: 'almanac',
    max_connections: '100',
    shared_buffers: `${sharedBuffersMiB}MB`,
    huge_pages: 'off',
    jit: 'off',
    // Sums of a busy quarter are grouped in memory. What is asked for again is there, too, or on a disk without a head.
    work_mem: `${workMemMiB}MB`,
    random_page_cost: '1.1',
    timezone: 'UTC',

    // A bulk import writes without a checkpoint every few seconds; segments are removed, not kept for reuse
    // with the text of people who asked to be forgotten in them.
    max_wal_size: '4GB',
    min_wal_size: '32MB',
    wal_recycle: 'off',
    wal_init_zero: 'off',

    // The log tells of the server and never of what is recorded: an ERROR's message can quote a value.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %e ',
  };
}
