const { commands, window, workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

/** Starts `netc lsp`; colours and snippets work without it. */
async function start() {
  if (!workspace.isTrusted) return;
  const command = workspace.getConfiguration('netc').get('path');
  // On Windows npm installs commands as scripts, which only a shell runs.
  const shell = process.platform === 'win32';
  const server = { command, args: ['lsp'], options: { shell } };
  client = new LanguageClient('netc', 'netc', server, {
    documentSelector: [
      { language: 'netc' },
      { language: 'yaml', pattern: '**/experiments/**/*.{yaml,yml}' },
    ],
    synchronize: { fileEvents: workspace.createFileSystemWatcher('**/*.net') },
  });
  try {
    await client.start();
  } catch (error) {
    const advice = 'install netc, or set netc.path to where it is';
    window.showErrorMessage(`${command} lsp does not start: ${error.message}; ${advice}.`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running?.needsStop()) await running.stop();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async ({ subscriptions }) => {
  subscriptions.push(
    commands.registerCommand('netc.restart', restart),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('netc.path')) return restart();
    }),
  );
  await start();
};

exports.deactivate = stop;
