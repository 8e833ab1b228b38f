// @alicloud/pop-core as it comes: V1, GET.

import { Pop } from './pop.js';
import { tellWith } from './story.js';

tellWith((server, account) => new Pop(server, account, 'GET'));
