/** Run before every test file: what the tests start writes into a pipe, whatever colours the terminal they run in asks for. */
delete process.env.FORCE_COLOR;
delete process.env.NO_COLOR;
