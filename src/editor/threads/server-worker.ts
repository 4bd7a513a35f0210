import { parentPort, workerData } from 'node:worker_threads';
import { createConnection, PortMessageReader, PortMessageWriter } from 'vscode-languageserver/node';
import { serve } from '../server.js';
import { marks, type ThreadData } from './thread.js';

const { publishes } = workerData as ThreadData;
const port = parentPort!;
const connection = createConnection(new PortMessageReader(port), new PortMessageWriter(port));
connection.onNotification(marks.begin, (number: number) => {
  void connection.sendNotification(marks.begun, number);
});
serve(connection, { publishes });
